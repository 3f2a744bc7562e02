// The schedule board without whole pages: a card is lifted where it stands, arrow keys go from place to
// place, Enter puts it down, Escape puts it back. Every step is a link or a form that works by itself.

import { ask, replaceFrom } from "./fragment.js";
import { say } from "./toast.js";

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export function mount(board) {
  board.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const card = event.target.closest("a[data-card]");
    if (card) return follow(event, () => lift(card));
    if (event.target.closest("a[data-back]")) return follow(event, () => putBack(board));
    const refused = event.target.closest("[data-refusal]");
    if (refused) say(refused.dataset.refusal);
  });
  board.addEventListener("keydown", (event) => {
    const place = event.target.closest("[data-cell]");
    if (event.key === "Escape" && board.querySelector("a[data-back]")) return follow(event, () => putBack(board));
    if (place && STEPS[event.key]) return follow(event, () => step(place, ...STEPS[event.key]));
  });
}

function follow(event, act) {
  event.preventDefault();
  act();
}

// The board as it is with this card in the hand; the first place it can go to has the focus.
export async function lift(card, focuses = true) {
  const board = await load(card.href);
  const place = board?.querySelector("button[data-cell][value]");
  if (focuses) (place ?? board?.querySelector("a[data-back]"))?.focus({ preventScroll: false });
  return board;
}

// The board with nothing in the hand; what was lifted has the focus again.
export async function putBack(board) {
  const card = board.querySelector("a[data-back]")?.dataset.back;
  const plain = await load(board.dataset.home);
  if (card) plain?.querySelector(`[id^="card-${card}"]`)?.focus({ preventScroll: true });
}

async function load(address) {
  document.getElementById("board").classList.add("board--busy");
  const response = await ask(address).catch(() => null);
  const board = response?.ok && (await replaceFrom(response, "board"));
  if (!board) return location.assign(address);
  history.replaceState(null, "", address);
  return board;
}

function step(place, down, right) {
  const cell = place.closest("td");
  let [row, column] = [cell.parentElement, cell.cellIndex];
  for (;;) {
    row = down > 0 ? row.nextElementSibling : down < 0 ? row.previousElementSibling : row;
    column += right;
    const next = row?.cells[column];
    if (!next) return;
    const found = next.querySelector("[data-cell]");
    if (found) return found.focus();
  }
}
