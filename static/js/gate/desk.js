// One gate at work: what it knows, in memory and on disk. Everything else gets it handed in.

import { learnRegisteredHere } from "./errands.js";
import { learn, makePeople } from "./people.js";
import { allScans, keepPage, keepSettings, openStore, pages, settings } from "./store.js";
import { now } from "./time.js";

const HOUR = 3_600_000;
const USABLE_MS = 12 * HOUR;
const KEPT_AFTER_END_MS = 24 * HOUR;

export async function openDesk(slug) {
  const store = await openStore(slug);
  const config = await settings(store);
  const desk = { store, config, people: makePeople(), own: [], isOnline: null };
  if (config) await remember(desk);
  return desk;
}

async function remember(desk) {
  await learnRegisteredHere(desk);
  for await (const page of pages(desk.store)) learn(desk.people, page);
  const scans = await allScans(desk.store);
  desk.own = scans.map((scan) => ({ ...scan.fact, sequence: scan.sequence }));
}

// Names and keys leave memory and disk; only what scans must still be sent with stays.
export async function forgetNames(desk) {
  desk.people = makePeople();
  desk.config = { ...desk.config, frame: null, cursor: "", syncedAt: 0 };
  await keepSettings(desk.store, desk.config);
}

export async function changeSettings(desk, change) {
  desk.config = { ...desk.config, ...change };
  await keepSettings(desk.store, desk.config);
}

export async function beginShift(desk, enrolled, api) {
  desk.config = { ...enrolled, api, cursor: "", syncedAt: 0, offset: 0 };
  await keepSettings(desk.store, desk.config);
}

// A page of the snapshot, learnt and kept. The last page of a pass makes the gate current.
export async function takePage(desk, page) {
  const { people, cursor, more, server_ms, offset, ...frame } = page;
  const anew = desk.config.cursor === "";
  const syncedAt = more ? desk.config.syncedAt : server_ms;
  desk.config = { ...desk.config, frame, cursor, offset, syncedAt };
  await keepPage(desk.store, people, desk.config, { anew });
  if (anew) await learnAnew(desk);
  learn(desk.people, people);
}

// Something about one person, kept until the list says it too.
export async function learnOne(desk, person) {
  await keepPage(desk.store, [person], desk.config);
  learn(desk.people, [person]);
}

async function learnAnew(desk) {
  desk.people = makePeople();
  await learnRegisteredHere(desk);
}

// open, new (not enrolled), empty (never synced), stale (too long ago) or over.
export function stateOf(desk) {
  if (!desk.config) return "new";
  if (!desk.config.syncedAt || !desk.config.frame) return "empty";
  const time = timeAt(desk);
  if (time > Date.parse(desk.config.frame.event.ends_at) + KEPT_AFTER_END_MS) return "over";
  return time - desk.config.syncedAt > USABLE_MS ? "stale" : "open";
}

// The server's time as far as it can be known, never before what was scanned or synced last.
export function timeAt(desk) {
  const last = desk.own.at(-1)?.at ?? 0;
  return Math.max(now(desk.config.offset), desk.config.syncedAt, last + 1);
}

export function placeAt(desk, code) {
  const { gates } = desk.config.frame;
  return gates.find((gate) => gate.code === code) ?? { ...gates[0], code, rule: "venue", zone: "", admits: [] };
}

export function badgeTypeOf(desk, person) {
  const { ticket_types, badge_types } = desk.config.frame;
  const ticket = ticket_types.find((one) => one.code === person?.ticket_type);
  return badge_types.find((one) => one.code === ticket?.badge_type) ?? null;
}

export function gatesOf(desk) {
  const { gates } = desk.config.frame;
  const allowed = desk.config.device.gates;
  return allowed.length ? gates.filter((gate) => allowed.includes(gate.code)) : gates;
}
