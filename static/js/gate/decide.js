// What the gate answers by itself, from what it knows: the people as last heard of, and its own scans.

import { local } from "./time.js";
import { verdicts } from "./verdicts.js";

// The fact of a scan made here; `place` is the gate, `person` null when the badge is not known yet.
export function factOf(scan, { person, place, zone, device, reason }) {
  return {
    id: scan.scan_id,
    at: scan.at,
    device,
    gate: scan.gate,
    sequence: scan.sequence ?? Number.MAX_SAFE_INTEGER,
    holder: reason && !person ? "" : (person?.id ?? scan.handle),
    direction: scan.direction,
    zone: place.zone,
    rule: place.rule,
    day: place.rule === "daily" ? local(scan.at, zone).day : "",
    reason: scan.direction === "entry" || !person ? reason : null,
    is_green: null,
    is_held: false,
    voids: scan.voids ?? null,
  };
}

// {shown, reason, first}: admitted, check (genuine, but not known yet, or registered here), duplicate or refused.
export function decide(fact, { person, own }) {
  const known = (person?.scans ?? []).map((scan) => seen(scan, fact.holder));
  const mine = own.filter((one) => one.holder === fact.holder);
  const facts = [...known, ...mine, fact];
  const { outcomes } = verdicts(facts);
  const { result, reason, first } = outcomes[fact.id];
  const isKnown = person && !person.isNew;
  const shown = result === "admitted" && !isKnown ? "check" : result;
  return { shown, reason, first: facts.find((one) => one.id === first) ?? null };
}

// Why this badge is refused here and now, whatever else was scanned; null when nothing speaks against it.
export function reasonAgainst(scan, { person, place, event, badgeType, allowed }) {
  if (person?.revoked.includes(scan.handle)) return "revoked";
  if (person?.reason) return person.reason;
  if (scan.at < Date.parse(event.opens_at)) return "not_yet_valid";
  if (scan.at >= Date.parse(event.ends_at)) return "no_longer_valid";
  if (allowed.length && !allowed.includes(place.code)) return "wrong_gate";
  if (person && place.admits.length && !place.admits.includes(badgeType)) return "wrong_gate";
  const { clock } = local(scan.at, event.timezone);
  if (place.opens && clock < place.opens) return "not_yet_valid";
  return place.closes && clock >= place.closes ? "no_longer_valid" : null;
}

function seen(scan, holder) {
  return {
    ...scan,
    holder,
    sequence: 0,
    direction: "entry",
    reason: null,
    is_green: true,
    is_held: false,
    voids: null,
  };
}
