// A hand scanner types wherever the page is; the first touch or key also lets the page sound.

import { wakeSound } from "../gate-signal.js";

const TEXT = "input:not([type=radio], [type=checkbox]), textarea";
const CONTROL = "input, select, button, summary, a";

export function mountTyping(input) {
  document.addEventListener("keydown", (event) => {
    wakeSound();
    if (isTyped(event) && !event.target.matches(TEXT)) input.focus();
  });
  document.addEventListener("pointerdown", wakeSound);
}

// A space on a control is a press of it.
function isTyped({ key, ctrlKey, metaKey, altKey, target }) {
  if (key.length !== 1 || ctrlKey || metaKey || altKey) return false;
  return key !== " " || !target.matches(CONTROL);
}
