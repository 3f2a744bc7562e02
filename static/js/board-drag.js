// Dragging a card of the schedule board with the mouse or a pen. A finger scrolls, so it taps instead:
// once on the card, once on the place.

import { lift, putBack } from "./board.js";
import { say } from "./toast.js";

const STARTS_AT_PX = 6;
const EDGE_PX = 64;
const FASTEST_PX = 16;

export function mount(board) {
  board.addEventListener("dragstart", (event) => event.preventDefault());
  board.addEventListener("pointerdown", (event) => {
    const card = event.target.closest("a[data-card]");
    if (card && event.button === 0 && event.pointerType !== "touch") wait(card, event);
  });
}

// Until the pointer has moved far enough, this may still be a click.
function wait(card, start) {
  const move = (event) => {
    if (Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < STARTS_AT_PX) return;
    stop();
    drag(card, event);
  };
  const stop = () => {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", stop);
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", stop);
}

function drag(card, start) {
  const ghost = card.cloneNode(true);
  ghost.removeAttribute("id");
  ghost.classList.add("chip--ghost");
  document.body.append(ghost);
  const lifted = lift(card, false);
  let under = null;
  let pointer = start;
  const move = (event) => {
    pointer = event;
    ghost.style.transform = `translate(${event.clientX + 8}px, ${event.clientY + 8}px)`;
    const next = cellAt(event);
    if (next === under) return;
    under?.classList.remove("cells__cell--over");
    next?.classList.add("cells__cell--over");
    under = next;
  };
  const glide = () => {
    if (scrollAtEdge(pointer)) move(pointer);
    frame = requestAnimationFrame(glide);
  };
  let frame = requestAnimationFrame(glide);
  const end = async (event) => {
    finish();
    const board = await lifted;
    if (board) drop(board, event);
  };
  const leave = (event) => {
    if (event.type === "keydown" && event.key !== "Escape") return;
    finish();
    lifted.then((board) => board && putBack(board));
  };
  const finish = () => {
    cancelAnimationFrame(frame);
    ghost.remove();
    under?.classList.remove("cells__cell--over");
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", leave);
    removeEventListener("keydown", leave);
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, { capture: true }));
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", leave);
  addEventListener("keydown", leave);
  move(start);
}

// Over an edge of the board, its table or the page moves on beneath the card, the faster the nearer.
function scrollAtEdge({ clientX, clientY }) {
  const scroller = document.querySelector("#board .scroller");
  const box = scroller?.getBoundingClientRect();
  if (!box || clientX < box.left || clientX > box.right) return false;
  const heads = scroller.querySelector(".cells__corner").offsetWidth;
  const across = pace(clientX, box.left + heads, Math.min(box.right, innerWidth));
  const down = pace(clientY, 0, innerHeight);
  scroller.scrollLeft += across;
  scrollBy(0, down);
  return Boolean(across || down);
}

function pace(at, low, high) {
  const past = Math.max(low + EDGE_PX - at, 0) - Math.max(at - (high - EDGE_PX), 0);
  return (-Math.sign(past) * FASTEST_PX * Math.min(Math.abs(past), EDGE_PX)) / EDGE_PX;
}

// A drag that ends on the link it began on is no click on it.
function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

function drop(board, event) {
  const place = cellAt(event)?.querySelector("[data-cell]");
  if (!place) return putBack(board);
  if (place.value) return place.form.requestSubmit(place);
  if (place.dataset.refusal) say(place.dataset.refusal);
  return putBack(board);
}

function cellAt(event) {
  return document.elementFromPoint(event.clientX, event.clientY)?.closest("td.cells__cell");
}
