// What else than scans the server must hear of: people registered here, badges printed without it.

import { learn } from "./people.js";
import { sendErrand } from "./remote.js";
import { addErrand, changeErrand, errands, forgetErrand } from "./store.js";

export async function keepErrand(desk, errand) {
  const waiting = { id: crypto.randomUUID(), state: "waiting", ...errand };
  return { ...waiting, sequence: await addErrand(desk.store, waiting) };
}

// One after the other as they were made, people before badges: the badge may be of somebody registered here.
export async function bringErrands(desk) {
  const open = await errands(desk.store, "waiting");
  const isBadge = ({ kind }) => kind === "badge";
  for (const errand of open.sort((one, other) => isBadge(one) - isBadge(other))) await bringErrand(desk, errand);
}

// A print that the server refuses is let go of: of nobody's badge nothing is counted. A registration
// stays until somebody has read why it was refused.
export async function bringErrand(desk, errand, patience) {
  const { told, refusal } = await sendErrand(desk.config, errand, patience);
  if (errand.kind === "badge") return forgetErrand(desk.store, errand);
  const change = told ? { state: "answered", status: told.status } : { state: "refused", refusal };
  const settled = { ...errand, ...change };
  if (await changeErrand(desk.store, settled)) learn(desk.people, [personOf(settled)]);
}

export const refusedWalkIns = (desk) => errands(desk.store, "refused");

// Those that were answered before a pass of the list began are in it, and are forgotten after it.
export const answeredErrands = (desk) => errands(desk.store, "answered");

export async function forgetErrands(desk, answered) {
  for (const errand of answered) await forgetErrand(desk.store, errand);
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
    reason: state === "waiting" || status === "confirmed" ? null : "not_confirmed",
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
