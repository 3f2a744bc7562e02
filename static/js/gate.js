// The gate: what the camera, a hand scanner or a person enters is sent, and the answer fills the screen.

import { mountCamera } from "./camera.js";
import { ask, replaceFrom } from "./fragment.js";
import { signal } from "./gate-signal.js";
import { inTurns } from "./gate/turns.js";
import { mountTyping } from "./gate/typing.js";

const SHOWN_MS = 1500;
const SAME_BADGE_MS = 5500;
const SEEN_MS = 700;
const TRIES_MS = [0, 400, 1200];
const CAN_HOVER = matchMedia("(hover: hover)").matches;

export function mount(form) {
  const page = form.closest("main");
  const input = form.elements.presented;
  const turn = inTurns(SEEN_MS);
  const underWay = new WeakSet();
  let last = { text: "", at: 0 };

  const send = (body, action = form.action) => turn(() => answer(action, body));

  const read = async (text) => {
    if (document.querySelector("#answer.answer--full")) return;
    if (text === last.text && Date.now() - last.at < SAME_BADGE_MS) return;
    await send(scanOf(form, text));
    last = { text, at: Date.now() };
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!input.value) return input.focus();
    const body = scanOf(form, input.value);
    input.value = "";
    await send(body);
    if (CAN_HOVER) input.focus();
  });
  page.addEventListener("submit", async (event) => {
    const other = event.target;
    if (other === form || other.method !== "post" || "leaves" in other.dataset) return;
    event.preventDefault();
    if (underWay.has(other)) return;
    underWay.add(other);
    const body = new FormData(other);
    if ("admit" in other.dataset) body.set("gate", form.elements.gate.value);
    await send(body, other.action).finally(() => underWay.delete(other));
  });
  mountTyping(input);
  tellConnection(page);
  mountCamera(form.querySelector("[data-camera]"), read);
  if (CAN_HOVER) input.focus({ preventScroll: true });
}

async function answer(action, body) {
  const response = await untilAnswered(action, body);
  if (response?.redirected) return location.assign(response.url);
  if (response?.status === 422 || response?.status === 409) return showPage(response);
  return show(response);
}

function scanOf(form, text) {
  const body = new FormData(form);
  body.set("presented", text);
  body.set("scan_id", newId());
  return body;
}

// The same scan, under the same id: however often it arrives, it counts once.
async function untilAnswered(action, body) {
  for (const pause of TRIES_MS) {
    await wait(pause);
    const response = await ask(action, { method: "POST", body }).catch(() => null);
    if (response && response.status < 500) return response;
  }
  return null;
}

async function show(response) {
  const shown = response ? await replaceFrom(response, "answer") : unreachable();
  if (!shown) return location.reload();
  fill(shown, shown.dataset.kind, SHOWN_MS);
}

// A whole page came instead of an answer: it says what is wrong.
async function showPage(response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const words = page.querySelector(".field__error, .notice")?.textContent.trim() ?? "";
  const shown = unreachable();
  shown.querySelector(".answer__title").textContent = words;
  shown.querySelector(".answer__sentence").textContent = "";
  fill(shown, "look", 2 * SHOWN_MS);
}

// Until a touch, or for a moment; the next answer takes its place.
function fill(shown, kind, forMs) {
  const release = () => shown.classList.remove("answer--full");
  shown.classList.add("answer--full");
  signal(kind);
  setTimeout(release, forMs);
  shown.addEventListener("pointerdown", release, { once: true });
}

function unreachable() {
  const shown = document.querySelector("[data-unreachable]").content.firstElementChild.cloneNode(true);
  document.getElementById("answer").replaceWith(shown);
  return shown;
}

function tellConnection(page) {
  const tell = () => {
    page.querySelector("[data-online]").hidden = !navigator.onLine;
    page.querySelector("[data-offline]").hidden = navigator.onLine;
  };
  addEventListener("online", tell);
  addEventListener("offline", tell);
  tell();
}

function wait(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
