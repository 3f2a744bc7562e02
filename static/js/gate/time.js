// The server's time on a device whose own clock may be wrong, or jump while it stands at the gate.

let base = null;

// At an answer of the server: its time in milliseconds, and when the question left.
export function synced(serverMs, askedAt) {
  const tookMs = performance.now() - askedAt;
  base = { serverMs: serverMs + tookMs / 2, at: performance.now() };
  return Math.round(base.serverMs - Date.now());
}

// While the page lives, time is counted from the last answer; after a reload the offset is used.
export function now(offset = 0) {
  return Math.round(base ? base.serverMs + performance.now() - base.at : Date.now() + offset);
}

// Whether the server has told the time since the page was opened.
export const isKnown = () => base !== null;

// Milliseconds since the last answer on a clock that never jumps; null after a reload.
export function elapsed() {
  return base ? Math.round(performance.now() - base.at) : null;
}

// "2026-11-21" and "08:05" where the event is.
export function local(ms, zone) {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
  }).format(ms);
  const [day, clock] = parts.split(" ");
  return { day, clock };
}
