// A hand scanner types wherever the page is; the first touch or key also lets the page sound.

import { wakeSound } from "../gate-signal.js";

export function mountTyping(input) {
  document.addEventListener("keydown", (event) => {
    wakeSound();
    const isTyped = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isTyped && !event.target.matches("input, select, textarea, button, summary")) input.focus();
  });
  document.addEventListener("pointerdown", wakeSound);
}
