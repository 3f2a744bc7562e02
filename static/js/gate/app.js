// The gate on a device of its own: enrols, reads badges, answers, and keeps going without a network.

import { mountCamera } from "../camera.js";
import { admitAll, admitNew, notKept, read, seen, undo } from "./admitting.js";
import { mountBadges } from "./badge-tools.js";
import { countWaiting, forgetList, gatesOf, openDesk, stateOf } from "./desk.js";
import { mountFinding } from "./finding.js";
import { mountKiosk, showKiosk } from "./kiosk.js";
import { showRefusals } from "./refusals.js";
import { inLanguage, makeScreen, showFull, showState, showStatus } from "./screen.js";
import { endShift, enrolTyped, enrolWith, over, secretIn } from "./shift.js";
import { hasRoom } from "./store.js";
import { sync } from "./syncing.js";
import { isKnown } from "./time.js";
import { inTurns } from "./turns.js";
import { mountTyping } from "./typing.js";
import { mountWalkIns } from "./walk-ins.js";
import { takeOver } from "./window.js";

const SEEN_MS = 100;
const EVERY_MS = 10_000;

export async function mount(page) {
  document.documentElement.dataset.version = page.dataset.version;
  navigator.serviceWorker?.register(page.dataset.worker, { scope: page.dataset.worker.replace(/\/worker\.js$/, "") });
  navigator.storage?.persist?.();
  const screen = makeScreen(page);
  const gate = { page, screen, inTurn: inTurns(SEEN_MS), last: { text: "", at: 0 }, undone: null, isBusy: false, isElsewhere: false };
  await takeOver(`gate ${page.dataset.slug}`, () => goElsewhere(gate));
  const desk = await openDesk(page.dataset.slug);
  Object.assign(gate, { desk, refresh: () => refresh(gate) });
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
  mountWalkIns(gate, { admit: (person) => admitNew(gate, person), noRoom: () => notKept(gate) });
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
  page.querySelector("[data-return]").addEventListener("click", () => location.reload());
  mountTyping(form.elements.presented);
  addEventListener("online", () => syncNow(gate));
  gate.camera = mountCamera(form.querySelector("[data-camera]"), (text) => seen(gate, text));
}

// Nothing is read or written here any more: the other window goes on.
function goElsewhere(gate) {
  gate.isElsewhere = true;
  gate.desk?.store.base.close();
  gate.camera?.close();
  showState(gate.screen, "elsewhere");
}

async function goOnSyncing(gate) {
  if (gate.isElsewhere) return;
  setTimeout(() => goOnSyncing(gate), EVERY_MS);
  if (gate.desk.config) gate.desk.hasRoom = await hasRoom(gate.desk.store);
  if (gate.desk.config) await syncNow(gate);
}

async function syncNow(gate) {
  if (!gate.desk.config) return refresh(gate);
  if (gate.isBusy) return;
  gate.isBusy = true;
  const result = await sync(gate.desk).finally(() => (gate.isBusy = false));
  if (result === "revoked") return over(gate, "revoked");
  await refresh(gate);
}

async function refresh(gate) {
  if (gate.isElsewhere) return;
  const { desk, screen } = gate;
  const state = gate.isRefused && !desk.config ? "used" : stateOf(desk);
  if (state === "over") return isKnown() ? over(gate, "over") : setAside(gate);
  const count = desk.config ? await countWaiting(desk) : 0;
  showState(screen, state);
  showStatus(screen, { isOnline: desk.isOnline, count, isEnrolled: desk.config !== null });
  showFull(screen, !desk.hasRoom);
  if (desk.config) await showRefusals(gate);
  gate.page.querySelector("[data-undo]").disabled = !gate.undone;
  if (state === "open") showPlaces(gate);
}

// After a reload the end of the event is known from the device's own clock alone: the list goes, the
// enrolment stays, and with a network the list comes back if the clock was wrong.
async function setAside(gate) {
  await forgetList(gate.desk);
  await refresh(gate);
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
