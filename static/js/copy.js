// Copies the text of its button. The button shows itself only where copying is possible.

import { say } from "./toast.js";

export function mount(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.text);
    say(button.dataset.done);
  });
}
