// Self check-in: scan, greeting, badge, and back to the start. Only the PIN leads out again.

import { changeSettings } from "./desk.js";
import { printBadge } from "./badges.js";
import { clearAnswer, showAnswer } from "./screen.js";
import { handleOf } from "./token.js";
import { now } from "./time.js";

const SHOWN_MS = 6000;
const TRIES = 5;
const PAUSE_MS = 60_000;

export const isKiosk = (desk) => Boolean(desk.config?.kiosk);

export function mountKiosk(gate, refresh) {
  const { page } = gate;
  page.querySelector("[data-kiosk-begin]").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!event.target.reportValidity()) return;
    const kiosk = { pin: await hashed(gate, event.target), wrong: 0, until: 0 };
    event.target.reset();
    await changeSettings(gate.desk, { kiosk });
    event.target.closest("details").open = false;
    await refresh();
    scrollTo(0, 0);
  });
  page.querySelector("[data-kiosk-leave]").addEventListener("submit", async (event) => {
    event.preventDefault();
    await leave(gate, event.target);
    await refresh();
  });
}

// What belongs to staff is not on the screen at all: nobody searches for others here.
export function showKiosk({ page, desk, form, offerBadge }) {
  const isOn = isKiosk(desk);
  page.classList.toggle("device--kiosk", isOn);
  for (const part of page.querySelectorAll("[data-staff]")) part.hidden = isOn;
  for (const part of page.querySelectorAll("[data-kiosk]")) part.hidden = !isOn;
  if (!isOn) return;
  offerBadge(null);
  page.querySelector("[data-search]").value = "";
  page.querySelector("[data-found]").replaceChildren();
  if (!page.querySelector("#answer.answer--full")) clearAnswer(page);
  form.elements.direction.value = "entry";
}

// In the language of whom it greets; it says nothing that others should not read.
export async function greet(gate, told) {
  const { screen, desk } = gate;
  const who = told.person ?? told.name;
  const language = who?.language ?? desk.config.device.language;
  const said = ["admitted", "check", "duplicate"].includes(told.shown) ? told.shown : "refused";
  const words = (part) => screen.words[`kiosk.${language}.${said}.${part}`];
  const isKnown = said === "admitted" || said === "duplicate";
  const texts = { title: words("title"), sentence: words("sentence"), name: isKnown ? who?.name : "" };
  showAnswer(screen, desk, told, "entry", { texts, language, shownMs: SHOWN_MS, then: () => clearAnswer(gate.page) });
  if (said === "admitted" && told.person) await printBadge(gate, told.person);
}

async function leave(gate, form) {
  const { kiosk } = gate.desk.config;
  const at = now(gate.desk.config.offset);
  if (at < kiosk.until) return tell(gate, "kiosk.wait");
  const isRight = (await hashed(gate, form)) === kiosk.pin;
  form.reset();
  if (isRight) {
    await changeSettings(gate.desk, { kiosk: null });
    form.closest("details").open = false;
    return tell(gate, "");
  }
  const wrong = kiosk.wrong + 1;
  const isTooMany = wrong >= TRIES;
  const next = { ...kiosk, wrong: isTooMany ? 0 : wrong, until: isTooMany ? at + PAUSE_MS : 0 };
  await changeSettings(gate.desk, { kiosk: next });
  return tell(gate, isTooMany ? "kiosk.wait" : "kiosk.wrong");
}

function tell({ page, screen }, word) {
  page.querySelector("[data-kiosk-told]").textContent = screen.words[word] ?? "";
}

const hashed = ({ desk }, form) => handleOf(`pin ${form.elements.pin.value}`, desk.config.frame.handle_key);
