// The gate's camera: shows its picture, tells what it reads, and offers its light and its rivals.

import { makeDecoder } from "./decoder.js";

const PAUSE_MS = 80;

const KEPT = "camera";

// Gives the way to close it again, where there is one.
export function mountCamera(box, read) {
  if (!navigator.mediaDevices?.getUserMedia) return null;
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
      const stream = await streamOf(deviceId);
      if (own !== turn) return stop(stream);
      video.srcObject = stream;
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

  const openAgain = () => open(localStorage.getItem(KEPT) ?? "");
  start.addEventListener("click", openAgain);
  cameras.addEventListener("change", () => {
    localStorage.setItem(KEPT, cameras.value);
    open(cameras.value);
  });
  torch.addEventListener("click", () => light(torch, video));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || box.dataset.state !== "running") return;
    if (hasEnded(video)) openAgain();
    else keepAwake();
  });
  allowedBefore().then((allowed) => allowed && openAgain());
  return {
    close() {
      turn += 1;
      close(video);
    },
  };
}

// The one chosen before, or, where that is gone, whichever looks away from who holds the device.
async function streamOf(deviceId) {
  const stream = navigator.mediaDevices.getUserMedia(wanted(deviceId));
  return deviceId ? stream.catch(() => navigator.mediaDevices.getUserMedia(wanted(""))) : stream;
}

// Some systems take the camera away from a page that is not seen.
function hasEnded(video) {
  return video.srcObject.getTracks().every((track) => track.readyState === "ended");
}

function wanted(deviceId) {
  const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: "environment" };
  return { audio: false, video: { ...which, width: { ideal: 1280 }, height: { ideal: 720 } } };
}

function close(video) {
  if (video.srcObject) stop(video.srcObject);
}

function stop(stream) {
  for (const track of stream.getTracks()) track.stop();
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
