// What lies on the device: sealed pages of people, sealed settings and errands, and scans without any name.

import { deleteDB, openDB } from "../../vendor/idb/index.js";

const STRICT = { durability: "strict" };

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
      made.createObjectStore("errands", { keyPath: "id" }).createIndex("state", "state");
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
  const sequence = await step.store.add({ ...scan, state: "waiting" });
  await step.done;
  return sequence;
}

export async function changeScan({ base }, sequence, change) {
  const step = base.transaction("scans", "readwrite", STRICT);
  const scan = await step.store.get(sequence);
  if (scan) await step.store.put({ ...scan, ...change });
  await step.done;
}

export async function changeScans({ base }, changes) {
  const step = base.transaction("scans", "readwrite", STRICT);
  for (const [sequence, change] of changes) {
    const scan = await step.store.get(sequence);
    if (scan) step.store.put({ ...scan, ...change });
  }
  await step.done;
}

export const allScans = ({ base }) => base.getAll("scans");
export const waiting = ({ base }, count) => base.getAllFromIndex("scans", "state", "waiting", count);

// Scans, registrations and prints that the server has not heard of.
export async function countWaiting({ base }) {
  const counts = ["scans", "errands"].map((name) => base.countFromIndex(name, "state", "waiting"));
  const [scans, errands] = await Promise.all(counts);
  return scans + errands;
}

// An errand is something else than a scan to tell the server, sealed since it may hold a name.
export async function keepErrand({ base, key }, errand) {
  const { id, state } = errand;
  const sealed = await seal(key, errand);
  const step = base.transaction("errands", "readwrite", STRICT);
  step.store.put({ id, state, ...sealed });
  await step.done;
}

export async function errands({ base, key }) {
  const kept = await base.getAll("errands");
  return Promise.all(kept.map((one) => unseal(key, one)));
}

export const forgetErrand = ({ base }, id) => base.delete("errands", id);

export async function forgetScans({ base }, sequences) {
  const step = base.transaction("scans", "readwrite", STRICT);
  for (const sequence of sequences) step.store.delete(sequence);
  await step.done;
}

// Names, keys and the token go; scans that nobody has answered stay until they are.
export async function forgetPeople({ base }) {
  await base.clear("people");
}

export async function wipe({ base, name }) {
  base.close();
  await deleteDB(name);
}

// How much room is left, in bytes; asked before the next scan is taken.
export async function roomLeft() {
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return quota - usage;
}
