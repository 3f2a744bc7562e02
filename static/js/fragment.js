// Replaces one part of the page by the same part of an answer; focus and scroll stay where they were.

import { mountAll } from "./mount.js";
import { say } from "./toast.js";

export async function ask(address, options = {}) {
  const headers = { "X-Requested-With": "fetch", ...options.headers };
  return fetch(address, { credentials: "same-origin", ...options, headers });
}

export async function replaceFrom(response, id) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const before = document.getElementById(id);
  const after = page.getElementById(id);
  if (!before || !after) return null;
  const focused = before.contains(document.activeElement) ? document.activeElement.id : "";
  before.replaceWith(after);
  await mountAll(after);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  if (after.dataset.say) say(after.dataset.say);
  return after;
}
