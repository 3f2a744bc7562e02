// Brings what waits to the server and fetches what changed, one after the other, again and again.

import { countWaiting, forgetList, noteAnswers, takePage } from "./desk.js";
import { answeredErrands, bringErrands, forgetErrands } from "./errands.js";
import { Revoked, snapshot, upload } from "./remote.js";
import { asSent } from "./scanning.js";
import { allScans, forgetScans, waiting } from "./store.js";

const AT_ONCE = 200;

// Resolves to "current", "offline", "full" or "revoked".
export async function sync(desk) {
  try {
    await bring(desk);
    await fetchChanges(desk);
    desk.isOnline = true;
    return "current";
  } catch (fault) {
    if (fault instanceof DOMException) return full(desk);
    desk.isOnline = false;
    if (!(fault instanceof Revoked)) return "offline";
    await forgetList(desk);
    return "revoked";
  }
}

// The network is there, but answers cannot be written down; what was sent is sent again later.
function full(desk) {
  desk.isOnline = true;
  desk.hasRoom = false;
  return "full";
}

// In parts; one that was answered is never sent again, unless there is no room to write that down.
export async function bring(desk) {
  let fault = null;
  await bringErrands(desk);
  for await (const part of waiting(desk.store, AT_ONCE)) {
    const told = await upload(desk.config, part.map(forUpload), await status(desk));
    desk.config.offset = told.offset;
    const changes = part.map((scan, at) => [scan.sequence, learnt(scan, told.results[at])]);
    await noteAnswers(desk, changes).catch((one) => (fault = one));
  }
  if (fault) throw fault;
}

function forUpload(scan) {
  return { ...asSent(scan), scanned_at: new Date(scan.at).toISOString(), shown: scan.shown };
}

function learnt(scan, result) {
  const state = result.error ? "failed" : "answered";
  return { state, result: result.result ?? result.error, fact: { ...scan.fact, reason: result.reason } };
}

async function status(desk) {
  const battery = await navigator.getBattery?.().catch(() => null);
  return {
    queue: await countWaiting(desk),
    battery: battery ? Math.round(battery.level * 100) : null,
    app: document.documentElement.dataset.version ?? "",
    snapshot_ms: desk.config.syncedAt || null,
  };
}

// Own scans that were answered before the pass began are in it, and are forgotten after it.
async function fetchChanges(desk) {
  const answered = (await allScans(desk.store)).filter((scan) => scan.state === "answered");
  const errands = await answeredErrands(desk);
  let page;
  do {
    page = await snapshot(desk.config, desk.config.cursor);
    await takePage(desk, page);
  } while (page.more);
  await forgetScans(desk.store, answered.map((scan) => scan.sequence));
  const gone = new Set(answered.map((scan) => scan.scan_id));
  desk.own = desk.own.filter((fact) => !gone.has(fact.id));
  await forgetErrands(desk, errands);
}
