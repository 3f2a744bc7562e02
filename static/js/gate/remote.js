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
  if (isRefused(answer, 401)) throw new Revoked();
  if (!answer.ok) throw new Unreachable(String(answer.status));
  return { results: content.results, offset: synced(content.server_ms, askedAt) };
}

export async function snapshot(config, since) {
  const address = `${config.api}/check-in/snapshot?since=${since}`;
  const { answer, content, askedAt } = await call(address, { config });
  if (isRefused(answer, 401)) throw new Revoked();
  if (!answer.ok) throw new Unreachable(String(answer.status));
  return { ...content, offset: synced(content.server_ms, askedAt) };
}

// A walk-in or a badge to print, once however often it is sent: what the server told, or why it refuses.
export async function sendErrand(config, { id, kind, body }, patience) {
  const address = `${config.api}/check-in/${kind}s`;
  const { answer, content } = await call(address, { method: "POST", body, config, patience, key: id });
  if (answer.ok) return { told: content };
  if (!isRefused(answer, 400, 401, 404, 409, 422)) throw new Unreachable(String(answer.status));
  const { detail, errors = {} } = content;
  return { refusal: Object.values(errors).flat().join(" ") || detail };
}

// Said by our server about this request, not by a proxy, a hotel's sign-in page, or for being too many.
function isRefused(answer, ...statuses) {
  return statuses.includes(answer.status) && isProblem(answer);
}

const isProblem = ({ headers }) => headers.get("Content-Type")?.startsWith("application/problem+json");

async function call(address, { method = "GET", body, config, key, patience = 20_000 }) {
  const askedAt = performance.now();
  const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
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
    return { answer, content: answer.ok || isProblem(answer) ? await answer.json() : null, askedAt };
  } catch (fault) {
    throw new Unreachable(String(fault));
  }
}
