// One gate at work: what it knows, in memory and on disk. Everything else gets it handed in.

import { learnRegisteredHere } from "./errands.js";
import { knows, learn, makePeople } from "./people.js";
import { allScans, changeScans, countErrands, keepPage, keepSettings, openStore, pages, settings } from "./store.js";
import { now } from "./time.js";

const HOUR = 3_600_000;
const USABLE_MS = 12 * HOUR;
const KEPT_AFTER_END_MS = 24 * HOUR;

export async function openDesk(slug) {
  const store = await openStore(slug);
  const config = await settings(store);
  const desk = { store, config, people: makePeople(), own: [], isOnline: null, hasRoom: true };
  Object.assign(desk, { unsent: new Set(), turn: Promise.resolve() });
  if (config) await remember(desk);
  return desk;
}

async function remember(desk) {
  await learnRegisteredHere(desk);
  for await (const page of pages(desk.store)) learn(desk.people, page);
  const scans = await allScans(desk.store);
  desk.own = scans.map((scan) => ({ ...scan.fact, sequence: scan.sequence }));
  desk.unsent = new Set(scans.filter((scan) => scan.state === "waiting").map((scan) => scan.sequence));
}

export async function noteAnswers(desk, changes) {
  await changeScans(desk.store, changes);
  for (const [sequence] of changes) desk.unsent.delete(sequence);
}

// Scans, registrations and prints that the server has not heard of. Of thousands of scans the numbers
// are in memory: counting them on the disk would keep the next scan waiting.
export const countWaiting = async (desk) => desk.unsent.size + (await countErrands(desk.store));

// The list leaves memory and disk; only what scans must still be sent with stays.
export function forgetList(desk) {
  desk.people = makePeople();
  desk.config = { ...desk.config, frame: null, cursor: "", syncedAt: 0 };
  return inTurn(desk, () => keepPage(desk.store, [], desk.config, { anew: true }));
}

export function changeSettings(desk, change) {
  desk.config = { ...desk.config, ...change };
  return inTurn(desk, () => keepSettings(desk.store, desk.config).catch(() => (desk.hasRoom = false)));
}

// Whoever writes the settings waits for those before, so that no step writes another's half-way.
function inTurn(desk, write) {
  const turn = desk.turn.then(write);
  desk.turn = turn.catch(() => {});
  return turn;
}

export async function beginShift(desk, enrolled, api) {
  desk.config = { ...enrolled, api, cursor: "", syncedAt: 0, offset: 0 };
  await keepSettings(desk.store, desk.config);
}

// A page of the snapshot, kept, then learnt: without room for it, it is asked for again. The last
// page of a pass makes the gate current. The server tells a change for some minutes; it is kept once.
export function takePage(desk, page) {
  return inTurn(desk, async () => {
    const { people, cursor, more, server_ms, offset, ...frame } = page;
    const anew = desk.config.cursor === "";
    const news = anew ? people : people.filter((person) => !knows(desk.people, person));
    const change = { frame, cursor, offset, syncedAt: more ? desk.config.syncedAt : server_ms };
    await keepPage(desk.store, news, { ...desk.config, ...change }, { anew });
    desk.config = { ...desk.config, ...change };
    if (anew) await learnAnew(desk);
    learn(desk.people, news);
  });
}

// Something about one person, kept until the list says it too.
export function learnOne(desk, person) {
  return inTurn(desk, async () => {
    await keepPage(desk.store, [person], desk.config);
    learn(desk.people, [person]);
  });
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
