// The gate on a device of its own: enrols, reads badges, answers, and keeps going without a network.

import { mountCamera } from "../camera.js";
import { mountBadges } from "./badge-tools.js";
import { gatesOf, openDesk, stateOf } from "./desk.js";
import { mountFinding } from "./finding.js";
import { greet, isKiosk, mountKiosk, showKiosk } from "./kiosk.js";
import { handleOfPerson, recognize, takeScan } from "./scanning.js";
import { inLanguage, makeScreen, showAnswer, showFull, showState, showStatus } from "./screen.js";
import { endShift, enrolTyped, enrolWith, over, secretIn } from "./shift.js";
import { countWaiting, roomLeft } from "./store.js";
import { sync } from "./syncing.js";
import { mountTyping } from "./typing.js";
import { mountWalkIns } from "./walk-ins.js";

const EVERY_MS = 10_000;
const SAME_BADGE_MS = 4000;
const LEAST_ROOM = 5_000_000;

export async function mount(page) {
  document.documentElement.dataset.version = page.dataset.version;
  navigator.serviceWorker?.register(page.dataset.worker, { scope: page.dataset.worker.replace(/\/worker\.js$/, "") });
  navigator.storage?.persist?.();
  const screen = makeScreen(page);
  const desk = await openDesk(page.dataset.slug);
  const gate = { page, screen, desk, last: { text: "", at: 0 }, undone: null, isBusy: false };
  const secret = secretIn(location.hash);
  if (secret) await enrolWith(gate, secret);
  if (wrongLanguage(desk)) return location.replace(`?lang=${desk.config.device.language}`);
  listen(gate);
  await refresh(gate);
  await goOnSyncing(gate);
}

function listen(gate) {
  const { page, desk, screen } = gate;
  const form = page.querySelector("[data-scan]");
  gate.form = form;
  gate.offerBadge = mountBadges(gate, () => syncNow(gate));
  gate.search = mountFinding(page, desk, screen.words, {
    admit: (reads) => admitAll(gate, reads),
    offerBadge: gate.offerBadge,
  });
  mountWalkIns(gate, (person) => admitNew(gate, person));
  mountKiosk(gate, () => refresh(gate));
  form.elements.gate.addEventListener("change", () => refresh(gate));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = form.elements.presented.value;
    form.elements.presented.value = "";
    if (text.trim()) read(gate, text);
  });
  for (const other of page.querySelectorAll("[data-enrol]")) other.addEventListener("submit", (event) => enrolTyped(gate, event).then(() => syncNow(gate)));
  for (const button of page.querySelectorAll("[data-sync]")) button.addEventListener("click", () => syncNow(gate));
  page.querySelector("[data-undo]").addEventListener("click", () => undo(gate));
  page.querySelector("[data-end]").addEventListener("click", () => syncNow(gate).then(() => endShift(gate)));
  mountTyping(form.elements.presented);
  addEventListener("online", () => syncNow(gate));
  mountCamera(form.querySelector("[data-camera]"), (text) => seen(gate, text));
}

// The camera sees the same badge many times a second.
async function seen(gate, text) {
  if (text === gate.last.text && Date.now() - gate.last.at < SAME_BADGE_MS) return;
  gate.last = { text, at: Date.now() };
  await read(gate, text);
}

async function read(gate, text) {
  if (stateOf(gate.desk) !== "open") return refresh(gate);
  await admitAll(gate, [await recognize(gate.desk, text)]);
}

async function admitAll(gate, reads) {
  const { gate: place, direction } = gate.form.elements;
  for (const one of reads) {
    const told = await takeScan(gate.desk, one, { gate: place.value, direction: direction.value });
    await answer(gate, told, direction.value);
    gate.undone = told.shown === "admitted" || told.shown === "check" ? { one, scan: told.scan } : null;
  }
  await refresh(gate);
}

async function answer(gate, told, direction) {
  if (isKiosk(gate.desk)) return greet(gate, told);
  showAnswer(gate.screen, gate.desk, told, direction);
  gate.offerBadge(told.person);
}

// Where there is no place, or somebody must approve, they are kept and the organizers decide.
async function admitNew(gate, person) {
  if (!person.reason) return admitAll(gate, [{ handle: handleOfPerson(person), person, reason: null }]);
  await answer(gate, { shown: "waits", person }, "entry");
  await refresh(gate);
}

async function undo(gate) {
  const { one, scan } = gate.undone;
  const where = { gate: scan.gate, direction: "void", voids: scan.scan_id };
  const told = await takeScan(gate.desk, one, where);
  showAnswer(gate.screen, gate.desk, told, "void");
  gate.undone = null;
  await refresh(gate);
}

async function goOnSyncing(gate) {
  if (gate.desk.config) await syncNow(gate);
  setTimeout(() => goOnSyncing(gate), EVERY_MS);
}

async function syncNow(gate) {
  if (!gate.desk.config) return refresh(gate);
  if (gate.isBusy) return;
  gate.isBusy = true;
  const result = await sync(gate.desk);
  gate.isBusy = false;
  if (result === "revoked") return over(gate, "revoked");
  await refresh(gate);
}

async function refresh(gate) {
  const { desk, screen } = gate;
  const state = gate.isRefused && !desk.config ? "used" : stateOf(desk);
  if (state === "over") return over(gate, "over");
  const count = desk.config ? await countWaiting(desk.store) : 0;
  showState(screen, state);
  showStatus(screen, { isOnline: desk.isOnline, count, isEnrolled: desk.config !== null });
  showFull(screen, (await roomLeft()) < LEAST_ROOM);
  gate.page.querySelector("[data-undo]").disabled = !gate.undone;
  if (state === "open") showPlaces(gate);
}

function showPlaces(gate) {
  const { page, desk, form, search } = gate;
  page.querySelector("[data-event]").textContent = inLanguage(desk.config.frame.event.name);
  const list = form.elements.gate;
  const options = gatesOf(desk).map((one) => new Option(`${one.code} – ${inLanguage(one.name)}`, one.code));
  const chosen = list.value || desk.config.device.gates[0];
  if (options.length !== list.options.length) list.replaceChildren(...options);
  if (chosen) list.value = chosen;
  page.querySelector("[data-place]").textContent = list.value;
  search();
  showKiosk(gate);
}

function wrongLanguage({ config }) {
  return config && config.device.language !== document.documentElement.lang && !location.search;
}
