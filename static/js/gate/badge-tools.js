// The badge of whom was answered or found last: printed, or replaced when it is lost.

import { printBadge } from "./badges.js";

// Gives the function that puts somebody's badge on offer.
export function mountBadges(gate, syncNow) {
  const { page } = gate;
  const box = page.querySelector("[data-badge]");
  let chosen = null;
  const act = (button, options) =>
    button.addEventListener("click", async () => {
      button.disabled = true;
      const how = await printBadge(gate, chosen, options);
      button.disabled = false;
      box.querySelector("[data-told]").textContent = gate.screen.words[`badge.${how}`];
      await syncNow();
    });
  act(box.querySelector("[data-print]"), {});
  act(box.querySelector("[data-reissue]"), { reissue: true });
  return (person) => {
    chosen = person ?? null;
    box.hidden = !chosen;
    show(box, chosen ?? { name: "" });
  };
}

function show(box, { name, typed = "" }) {
  box.querySelector("[data-part=name]").textContent = name;
  box.querySelector("[data-part=code]").textContent = `${typed.slice(0, 4)} ${typed.slice(4)}`.trim();
  box.querySelector("[data-told]").textContent = "";
}
