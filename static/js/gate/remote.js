// The server, as the gate calls it. Every answer also tells the server's time.

import { synced } from "./time.js";

export class Unreachable extends Error {}
export class Revoked extends Error {}

export async function enrol(address, secret) {
  const { answer, content } = await call(address, { method: "POST", body: { secret } });
  return answer.ok ? content : null;
}

export async function checkIn(config, scan, patience) {
  const { answer, content } = await call(`${config.api}/check-ins`, {
    method: "POST",
    body: scan,
    config,
    patience,
  });
  return answer.ok ? content : null;
}

// Each scan's answer; a revoked device's scans are taken too, and held.
export async function upload(config, scans, device) {
  const body = { scans, device };
  const { answer, content, askedAt } = await call(`${config.api}/check-ins/batch`, {
    method: "POST",
    body,
    config,
  });
  if (!answer.ok) throw new Unreachable(String(answer.status));
  const offset = synced(content.server_ms, askedAt);
  return { results: content.results, isHeld: answer.status === 202, offset, serverMs: content.server_ms };
}

export async function snapshot(config, since) {
  const address = `${config.api}/check-in/snapshot?since=${since}`;
  const { answer, content, askedAt } = await call(address, { config });
  if (answer.status === 401) throw new Revoked();
  if (!answer.ok) throw new Unreachable(String(answer.status));
  return { ...content, offset: synced(content.server_ms, askedAt) };
}

// A walk-in or a badge to print, once however often it is sent; null when it is refused.
export async function sendErrand(config, { id, kind, body }, patience) {
  const address = `${config.api}/check-in/${kind}s`;
  const { answer, content } = await call(address, { method: "POST", body, config, patience, key: id });
  if (answer.status >= 500 || answer.status === 429) throw new Unreachable(String(answer.status));
  return answer.ok ? content : null;
}

async function call(address, { method = "GET", body, config, key, patience = 20_000 }) {
  const askedAt = performance.now();
  const headers = { Accept: "application/json" };
  if (key) headers["Idempotency-Key"] = key;
  if (body) headers["Content-Type"] = "application/json";
  if (config) headers.Authorization = `Bearer ${config.token}`;
  try {
    const answer = await fetch(address, {
      method,
      headers,
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
      credentials: "omit",
      cache: "no-store",
    });
    return { answer, content: answer.ok ? await answer.json() : null, askedAt };
  } catch (fault) {
    throw new Unreachable(String(fault));
  }
}
