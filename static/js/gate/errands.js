// What else than scans the server must hear of: people registered here, badges printed without it.

import { learn } from "./people.js";
import { sendErrand } from "./remote.js";
import { errands, forgetErrand, keepErrand } from "./store.js";

export async function addErrand(desk, errand) {
  const waiting = { id: crypto.randomUUID(), state: "waiting", ...errand };
  await keepErrand(desk.store, waiting);
  return waiting;
}

// One after the other, people before badges: the badge may be of somebody registered here.
// What was refused as a print is let go of; a registration stays until it is taken.
export async function bringErrands(desk) {
  const open = (await errands(desk.store)).filter((one) => one.state === "waiting");
  const isBadge = ({ kind }) => kind === "badge";
  for (const errand of open.sort((one, other) => isBadge(one) - isBadge(other))) {
    const told = await sendErrand(desk.config, errand);
    if (errand.kind === "badge") await forgetErrand(desk.store, errand.id);
    else if (told) await settle(desk, errand, told);
  }
}

// Those that were answered before a pass of the list began are in it, and are forgotten after it.
export async function answeredErrands(desk) {
  return (await errands(desk.store)).filter((one) => one.state === "answered");
}

export async function forgetErrands(desk, answered) {
  for (const { id } of answered) await forgetErrand(desk.store, id);
}

// The people registered here, until the list has them.
export async function learnRegisteredHere(desk) {
  const here = (await errands(desk.store)).filter((one) => one.kind === "walk-in");
  learn(desk.people, here.map(personOf));
}

export function personOf({ id, state, status, handle, badge, body }) {
  return {
    id,
    code: handle,
    badges: [badge],
    revoked: [],
    reason: state === "answered" && status !== "confirmed" ? "not_confirmed" : null,
    name: body.full_name,
    organization: body.organization,
    delegation: "",
    language: body.language,
    ticket_type: body.ticket_type,
    attention: false,
    scans: [],
    isNew: state === "waiting",
    typed: body.code,
  };
}

async function settle(desk, errand, { status }) {
  const answered = { ...errand, state: "answered", status };
  await keepErrand(desk.store, answered);
  learn(desk.people, [personOf(answered)]);
}
