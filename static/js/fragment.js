// Replaces one part of the page by the same part of an answer; focus and scroll stay where they were.

import { mountAll } from "./mount.js";
import { say } from "./toast.js";

const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";

export async function ask(address, options = {}) {
  const headers = { "X-Requested-With": "fetch", ...options.headers };
  return fetch(address, { credentials: "same-origin", ...options, headers });
}

export async function replaceFrom(response, id) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const before = document.getElementById(id);
  const after = page.getElementById(id);
  if (!before || !after) return null;
  const focus = remember(before);
  before.replaceWith(after);
  await mountAll(after);
  focus(after);
  const news = after.dataset.say ?? page.querySelector(".flashes")?.textContent.trim();
  if (news) say(news);
  return after;
}

// What had the focus is found again by its id, or else by its place among its neighbours.
function remember(before) {
  const active = document.activeElement;
  if (!before.contains(active)) return () => {};
  const place = [...before.querySelectorAll(FOCUSABLE)].indexOf(active);
  return (after) => {
    if (after.contains(document.activeElement)) return;
    const there = [...after.querySelectorAll(FOCUSABLE)];
    const same = active.id && document.getElementById(active.id);
    (same || there[Math.min(place, there.length - 1)])?.focus({ preventScroll: true });
  };
}
