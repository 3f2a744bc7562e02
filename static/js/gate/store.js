// What lies on the device: sealed pages of people, sealed settings and errands, and scans without any name.

import { deleteDB, openDB } from "../../vendor/idb/index.js";

const STRICT = { durability: "strict" };
const TRIAL_BYTES = 16_384;

export async function openStore(slug) {
  const name = `gate ${slug}`;
  const base = await openDB(name, 2, {
    upgrade(made, before) {
      if (before < 1) {
        made.createObjectStore("vault");
        made.createObjectStore("people", { autoIncrement: true });
        const scans = made.createObjectStore("scans", { keyPath: "sequence", autoIncrement: true });
        scans.createIndex("state", "state");
      }
      const errands = made.createObjectStore("errands", { keyPath: "sequence", autoIncrement: true });
      errands.createIndex("state", "state");
    },
    blocking: () => base.close(),
  });
  const key = await sealingKey(base);
  return { base, key, name };
}

// The key cannot be read out, only used, and only by this site in this browser.
async function sealingKey(base) {
  const kept = await base.get("vault", "key");
  if (kept) return kept;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  await base.put("vault", made, "key");
  return made;
}

async function seal(key, content) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(content));
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
}

async function unseal(key, { iv, sealed }) {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed);
  return JSON.parse(new TextDecoder().decode(plain));
}

export async function settings({ base, key }) {
  const kept = await base.get("vault", "settings");
  return kept ? unseal(key, kept) : null;
}

export async function keepSettings({ base, key }, content) {
  await base.put("vault", await seal(key, content), "settings");
}

// A page of people and the cursor it brings, in one step: a kill between them loses neither.
export async function keepPage({ base, key }, people, content, { anew = false } = {}) {
  const [page, kept] = [await seal(key, people), await seal(key, content)];
  const step = base.transaction(["people", "vault"], "readwrite", STRICT);
  if (anew) step.objectStore("people").clear();
  if (people.length) step.objectStore("people").add(page);
  step.objectStore("vault").put(kept, "settings");
  await step.done;
}

export async function* pages({ base, key }) {
  for (const page of await base.getAll("people")) yield unseal(key, page);
}

// Adds a scan and gives its sequence number, which rises for ever, on disk before it is shown.
export async function addScan({ base }, scan) {
  const step = base.transaction("scans", "readwrite", STRICT);
  const [sequence] = await Promise.all([step.store.add({ ...scan, state: "waiting" }), step.done]);
  return sequence;
}

export async function changeScans({ base }, changes) {
  const step = base.transaction("scans", "readwrite", STRICT);
  const changed = changes.map(async ([sequence, change]) => {
    const scan = await step.store.get(sequence);
    if (scan) await step.store.put({ ...scan, ...change });
  });
  await Promise.all([...changed, step.done]);
}

export const allScans = ({ base }) => base.getAll("scans");

// What waits now in parts of at most `count`, in the order of scanning; one empty part when nothing does.
export async function* waiting({ base }, count) {
  const keys = await base.getAllKeysFromIndex("scans", "state", "waiting");
  if (!keys.length) yield [];
  for (let at = 0; at < keys.length; at += count) {
    const part = keys.slice(at, at + count);
    const kept = await base.getAll("scans", IDBKeyRange.bound(part[0], part.at(-1)));
    yield kept.filter((scan) => scan.state === "waiting");
  }
}

export const countErrands = ({ base }) => base.countFromIndex("errands", "state", "waiting");

// An errand is something else than a scan to tell the server, sealed since it may hold a name.
// Its sequence number rises for ever, so errands are brought in the order in which they were made.
export async function addErrand({ base, key }, errand) {
  const row = { state: errand.state, ...(await seal(key, errand)) };
  const step = base.transaction("errands", "readwrite", STRICT);
  const [sequence] = await Promise.all([step.store.add(row), step.done]);
  return sequence;
}

// Whether it was still there to be changed: another answer may have come first.
export async function changeErrand({ base, key }, { sequence, ...errand }) {
  const row = { sequence, state: errand.state, ...(await seal(key, errand)) };
  const step = base.transaction("errands", "readwrite", STRICT);
  const isThere = (await step.store.count(sequence)) > 0;
  if (isThere) step.store.put(row);
  await step.done;
  return isThere;
}

export async function errands({ base, key }, state) {
  const kept = await (state ? base.getAllFromIndex("errands", "state", state) : base.getAll("errands"));
  return Promise.all(kept.map(async (one) => ({ ...(await unseal(key, one)), sequence: one.sequence })));
}

export const forgetErrand = ({ base }, { sequence }) => base.delete("errands", sequence);

export async function forgetScans({ base }, sequences) {
  const step = base.transaction("scans", "readwrite", STRICT);
  for (const sequence of sequences) step.store.delete(sequence);
  await step.done;
}

export async function wipe({ base, name }) {
  base.close();
  await deleteDB(name);
}

// Whether some scans more have room. Browsers do not say how much is left, so it is tried.
export async function hasRoom({ base }) {
  const trial = crypto.getRandomValues(new Uint8Array(TRIAL_BYTES));
  return base.put("vault", trial, "room").then(() => true, () => false);
}
