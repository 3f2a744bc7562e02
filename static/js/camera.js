// The gate's camera: shows its picture, tells what it reads, and offers its light and its rivals.

import { makeDecoder } from "./decoder.js";

const PAUSE_MS = 80;

export function mountCamera(box, read) {
  if (!navigator.mediaDevices?.getUserMedia) return;
  const video = box.querySelector("video");
  const start = box.querySelector("[data-start]");
  const torch = box.querySelector("[data-torch]");
  const cameras = box.querySelector("[data-cameras]");
  let turn = 0;
  box.hidden = false;

  const open = async (deviceId) => {
    close(video);
    const own = ++turn;
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia(wanted(deviceId));
    } catch {
      box.dataset.state = "refused";
      start.hidden = false;
      return;
    }
    await video.play();
    box.dataset.state = "running";
    start.hidden = true;
    offerTorch(torch, video);
    await offerCameras(cameras, video);
    keepAwake();
    await watch(video, read, () => own === turn);
  };

  start.addEventListener("click", () => open(""));
  cameras.addEventListener("change", () => open(cameras.value));
  torch.addEventListener("click", () => light(torch, video));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && box.dataset.state === "running") keepAwake();
  });
  allowedBefore().then((allowed) => allowed && open(""));
}

function wanted(deviceId) {
  const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: "environment" };
  return { audio: false, video: { ...which, width: { ideal: 1280 }, height: { ideal: 720 } } };
}

function close(video) {
  video.srcObject?.getTracks().forEach((track) => track.stop());
}

async function watch(video, read, isCurrent) {
  const decode = await makeDecoder();
  while (isCurrent()) {
    if (!document.hidden && video.videoWidth) {
      const text = await decode(video).catch(() => "");
      if (text && isCurrent()) await read(text);
    }
    await new Promise((next) => setTimeout(next, PAUSE_MS));
  }
}

async function offerCameras(cameras, video) {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const found = devices.filter((device) => device.kind === "videoinput");
  const current = video.srcObject.getVideoTracks()[0].getSettings().deviceId;
  cameras.replaceChildren(...found.map((d, i) => new Option(d.label || i + 1, d.deviceId)));
  cameras.value = current;
  cameras.hidden = found.length < 2;
}

function offerTorch(torch, video) {
  const [track] = video.srcObject.getVideoTracks();
  torch.hidden = !track.getCapabilities?.().torch;
  torch.setAttribute("aria-pressed", "false");
}

async function light(torch, video) {
  const on = torch.getAttribute("aria-pressed") !== "true";
  await video.srcObject.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: on }] });
  torch.setAttribute("aria-pressed", String(on));
}

async function keepAwake() {
  await navigator.wakeLock?.request("screen").catch(() => {});
}

async function allowedBefore() {
  const permission = await navigator.permissions?.query({ name: "camera" }).catch(() => null);
  return permission?.state === "granted";
}
