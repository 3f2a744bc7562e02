// A shift on this device: begun by a secret that works once, ended with nothing left behind.

import { beginShift, countWaiting } from "./desk.js";
import { makePeople } from "./people.js";
import { showRefusals } from "./refusals.js";
import { enrol } from "./remote.js";
import { showState } from "./screen.js";
import { wipe } from "./store.js";

export const secretIn = (text) => text.match(/#([\w-]{20,})$/)?.[1] ?? "";

export async function enrolTyped(gate, event) {
  event.preventDefault();
  const { value } = event.target.elements.secret;
  await enrolWith(gate, secretIn(value) || value);
}

export async function enrolWith(gate, secret) {
  const { page, desk } = gate;
  history.replaceState(null, "", location.pathname);
  const enrolled = await enrol(page.dataset.enrolments, secret).catch(() => null);
  gate.isRefused = !enrolled;
  if (enrolled) await beginShift(desk, enrolled, page.dataset.api);
}

// Nothing is left on the device, except what has not reached the server yet.
export async function over(gate, state) {
  const { page, desk, screen } = gate;
  showState(screen, state);
  desk.people = makePeople();
  page.querySelector("[data-search]").value = "";
  gate.search();
  gate.offerBadge(null);
  if ((await countWaiting(desk)) > 0) return;
  desk.config = null;
  await wipe(desk.store);
}

export async function endShift(gate) {
  if ((await showRefusals(gate)) > 0) return gate.page.querySelector("[data-refusals]").scrollIntoView();
  if ((await countWaiting(gate.desk)) > 0) return showState(gate.screen, "unsent");
  await over(gate, "ended");
}
