// What the volunteer sees: the state of the gate, and one answer at a time, told by shape, sound and word.

import { signal } from "../gate-signal.js";
import { badgeTypeOf } from "./desk.js";
import { local } from "./time.js";

const SHOWN_MS = 1500;
const RAPID_MS = 700;
const KINDS = { admitted: "yes", check: "look", duplicate: "look", held: "look", waits: "look", refused: "no", unkept: "no" };

export function makeScreen(page) {
  const words = Object.fromEntries(
    [...page.querySelector("[data-words]").content.children].map((p) => [p.dataset.word, p.textContent]),
  );
  return { page, words, hide: null };
}

// The last answer stays below the open gate only: whoever finds the device later need not read a name.
export function showState({ page }, state) {
  for (const part of page.querySelectorAll(":scope > [data-state]")) part.hidden = part.dataset.state !== state;
  if (state !== "open") clearAnswer(page);
}

export function clearAnswer(page) {
  const answer = page.querySelector("#answer");
  answer.replaceChildren();
  answer.className = "answer answer--none";
}

export function showStatus({ page }, { isOnline, count, isEnrolled }) {
  page.querySelector("[data-place]").hidden = !isEnrolled;
  page.querySelector("[data-online]").hidden = !isEnrolled || !isOnline;
  page.querySelector("[data-offline]").hidden = !isEnrolled || isOnline;
  page.querySelector("[data-waiting]").hidden = !isEnrolled;
  page.querySelector("[data-count]").textContent = count;
}

export function showFull({ page }, isFull) {
  page.querySelector("[data-full]").hidden = !isFull;
}

// `texts` in place of what staff read, in `language`, for `shownMs`; `then` when it has gone.
export function showAnswer(screen, desk, told, direction, { texts, language, shownMs, then } = {}) {
  const { page } = screen;
  const kind = kindOf(told);
  const answer = page.querySelector("[data-answer]").content.firstElementChild.cloneNode(true);
  for (const sign of answer.querySelectorAll(".answer__sign")) {
    if (sign.dataset.kind !== kind) sign.remove();
  }
  fill(answer, texts ? { ...NOTHING, ...texts } : textsOf(screen, desk, told, direction));
  if (language) answer.lang = language;
  answer.classList.add(`answer--${kind}`, "answer--full");
  answer.dataset.kind = kind;
  answer.dataset.shown = told.shown;
  page.querySelector("#answer").replaceWith(answer);
  signal(kind);
  hideLater(screen, answer, shownMs, then);
}

const kindOf = ({ shown }) => KINDS[shown];
const NOTHING = { organization: "", delegation: "", badge: "", vip: "" };

function textsOf(screen, desk, told, direction) {
  const { words } = screen;
  const who = told.person ?? told.name ?? null;
  const badge = badgeTypeOf(desk, who);
  return {
    title: words[`${direction}.${told.shown}`] ?? words[told.shown],
    name: who?.name,
    organization: who?.organization,
    delegation: who?.delegation && `${words.delegation}: ${who.delegation}`,
    badge: badge && inLanguage(badge.name),
    vip: badge?.is_vip && kindOf(told) !== "no" ? null : "",
    sentence: sentenceOf(screen, desk, told),
  };
}

export function inLanguage(text) {
  const english = document.documentElement.lang === "en";
  return english ? text.en || text.vi : text.vi || text.en;
}

// An empty text takes its line away; null leaves what the line holds.
export function fill(element, texts) {
  for (const [name, text] of Object.entries(texts)) {
    const part = element.querySelector(`[data-part="${name}"]`);
    if (text === null) continue;
    if (text) part.textContent = text;
    else part.remove();
  }
}

function sentenceOf({ words }, desk, { shown, reason, first, person }) {
  if (shown === "waits") return words.walk_in_waits;
  if (shown === "unkept") return words.no_room;
  if (shown === "check") return person ? words.registered_here : words.unknown_yet;
  if (shown === "refused") return words[`reason.${reason ?? "unknown"}`];
  if (!first) return "";
  const { clock } = local(first.at, desk.config.frame.event.timezone);
  const device = first.device_name ?? desk.config.device.name;
  const sentence = device ? words.first : words.first_somewhere;
  return sentence.replace("{time}", clock).replace("{gate}", first.gate).replace("{device}", device);
}

// Until a touch, or for a moment; the next answer takes its place at once.
function hideLater(screen, answer, shownMs, then = () => {}) {
  const isRapid = screen.page.querySelector("[data-rapid]").checked;
  clearTimeout(screen.hide);
  const hide = () => {
    answer.classList.remove("answer--full");
    if (answer.isConnected) then();
  };
  screen.hide = setTimeout(hide, shownMs ?? (isRapid ? RAPID_MS : SHOWN_MS));
  answer.addEventListener("pointerdown", hide, { once: true });
}
