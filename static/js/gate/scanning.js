// One scan, from what was read to the answer: on disk before it is shown, asked live where one can.

import { decide, factOf, reasonAgainst } from "./decide.js";
import { badgeTypeOf, noteAnswers, placeAt, timeAt } from "./desk.js";
import { readProvisional } from "./provisional.js";
import { checkIn } from "./remote.js";
import { addScan } from "./store.js";
import { elapsed } from "./time.js";
import { handleOf, readToken } from "./token.js";

const PATIENCE_MS = 800;

// What a text is: {handle, person, reason}. Only the handle is ever kept.
export async function recognize(desk, text) {
  const { frame } = desk.config;
  const provisional = await readProvisional(text, frame.handle_key);
  if (provisional) {
    const person = desk.people.byHandle.get(provisional.handle) ?? null;
    return { ...provisional, person, isProvisional: true };
  }
  const read = await readToken(text, { tag: frame.event.tag, keys: frame.keys });
  const typed = read.text?.replace(/[\s-]/g, "") ?? "";
  const handle = await handleOf(read.code ?? (read.reason ? read.text : typed), frame.handle_key);
  const person = desk.people.byHandle.get(handle) ?? null;
  const reason = read.reason ?? (!read.code && !person ? "unknown" : null);
  return { handle, person, reason };
}

export const handleOfPerson = (person) => person.badges.at(-1) ?? person.code;

// {shown, reason, first, person, scan}: judged here, and by the server where it answers in time.
// What cannot be written down is "unkept": it did not happen, whatever would have been answered.
export async function takeScan(desk, read, { gate, direction, voids = null }) {
  const { handle, person, reason } = read;
  const scan = newScan(desk, { handle, gate, direction, voids });
  const place = placeAt(desk, gate);
  const { event } = desk.config.frame;
  const device = desk.config.device;
  const badgeType = badgeTypeOf(desk, person)?.code;
  const against = { person, place, event, badgeType, allowed: device.gates };
  const speaks = reason ?? reasonAgainst(scan, against);
  const fact = factOf(scan, { person, place, zone: event.timezone, device: device.id, reason: speaks });
  const own = desk.own;
  const judged = decide(fact, { person, own });
  desk.own = [...own, fact];
  const claimed = person ? null : reason;
  if (!(await keep(desk, fact, { ...scan, reason: claimed, shown: judged.shown, fact }))) return { shown: "unkept", person };
  const told = desk.isOnline && serverKnows(read) ? await live(desk, { ...scan, reason: claimed }, fact) : null;
  return { ...(told ?? judged), person, scan: { ...scan, sequence: fact.sequence } };
}

async function keep(desk, fact, scan) {
  try {
    fact.sequence = await addScan(desk.store, scan);
    desk.unsent.add(fact.sequence);
    desk.hasRoom = true;
    return true;
  } catch {
    desk.hasRoom = false;
    desk.own = desk.own.filter((one) => one !== fact);
    return false;
  }
}

// The server has not heard yet of whom a gate without a network registers.
function serverKnows({ person, isProvisional }) {
  return person ? !person.isNew : !isProvisional;
}

function newScan(desk, { handle, gate, direction, voids }) {
  return {
    scan_id: crypto.randomUUID(),
    handle,
    gate,
    direction,
    voids,
    at: timeAt(desk),
    clock_at: new Date().toISOString(),
    elapsed_ms: elapsed(),
    snapshot_ms: desk.config.syncedAt,
    app: document.documentElement.dataset.version ?? "",
  };
}

// As the API wants it; without `scanned_at` it is answered live.
export function asSent(scan) {
  const { scan_id, handle, gate, direction, voids, clock_at, elapsed_ms, snapshot_ms, app, sequence } = scan;
  const reason = scan.reason ?? null;
  return { scan_id, handle, gate, direction, voids, clock_at, elapsed_ms, snapshot_ms, app, sequence, reason };
}

async function live(desk, scan, fact) {
  const sent = asSent({ ...scan, sequence: fact.sequence });
  const answer = await checkIn(desk.config, sent, PATIENCE_MS).catch(() => null);
  desk.isOnline = answer !== null;
  if (!answer?.result) return null;
  fact.reason = answer.reason;
  const change = { state: "answered", fact, shown: answer.result };
  await noteAnswers(desk, [[fact.sequence, change]]).catch(() => (desk.hasRoom = false));
  return { shown: answer.result, reason: answer.reason, first: firstOf(answer), name: nameOf(answer) };
}

function firstOf({ first }) {
  return first && { at: Date.parse(first.checked_in_at), gate: first.gate, device_name: first.device };
}

// Whom the server knows though this device does not yet.
function nameOf({ registration }) {
  return registration && {
    name: registration.full_name,
    organization: registration.organization,
    delegation: registration.delegation,
    ticket_type: registration.ticket_type,
  };
}
