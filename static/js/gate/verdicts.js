// What every scan comes to: a pure function of the set of scans. matchmaking/checkin/verdicts.py is
// the specification, in the same words; both are held to one list of cases.

const WHILE_INSIDE = ["venue", "room"];

// {outcomes: {scan id: {result, reason, first, is_conflict}}, inside: {"holder zone": scan id}}
export function verdicts(facts) {
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const voided = voidedIn(byId);
  const doors = new Map();
  const outcomes = {};
  for (const fact of [...byId.values()].sort(inOrder)) {
    outcomes[fact.id] = voided.has(fact.id) ? outcome("voided") : outcomeOf(fact, doors);
  }
  const within = [...doors].filter(([, door]) => door.inside);
  return { outcomes, inside: Object.fromEntries(within.map(([key, door]) => [key, door.inside.id])) };
}

function inOrder(one, other) {
  return (
    one.at - other.at ||
    compare(one.device, other.device) ||
    one.sequence - other.sequence ||
    compare(one.id, other.id)
  );
}

// By code points, as Python compares; devices and scans are named in ASCII.
function compare(one, other) {
  return one < other ? -1 : Number(one > other);
}

function voidedIn(byId) {
  const reaches = (fact, target) =>
    target && target.direction !== "void" && ["", target.device].includes(fact.device);
  const voids = [...byId.values()].filter(
    (fact) => fact.direction === "void" && !fact.is_held && reaches(fact, byId.get(fact.voids)),
  );
  return new Set(voids.map((fact) => fact.voids));
}

function outcomeOf(fact, doors) {
  if (fact.is_held) return outcome("held");
  if (fact.direction === "void") return outcome("admitted");
  if (fact.reason || !fact.holder) {
    return outcome("refused", { reason: fact.reason || "unknown", is_conflict: fact.is_green === true });
  }
  const key = `${fact.holder} ${fact.zone}`;
  if (!doors.has(key)) doors.set(key, { inside: null, left: null, used: new Map() });
  return fact.direction === "exit" ? exit(fact, doors.get(key)) : entry(fact, doors.get(key));
}

function entry(fact, door) {
  const first = admittedBefore(fact, door);
  if (first) {
    const is_conflict = fact.is_green !== false && first.device !== fact.device;
    return outcome("duplicate", { first: first.id, is_conflict });
  }
  if (WHILE_INSIDE.includes(fact.rule)) door.inside = fact;
  door.used.set(turn(fact), fact);
  return outcome("admitted");
}

function admittedBefore(fact, door) {
  if (fact.rule === "many") return null;
  return WHILE_INSIDE.includes(fact.rule) ? door.inside : door.used.get(turn(fact));
}

function turn(fact) {
  return fact.rule === "daily" ? fact.day : "";
}

function exit(fact, door) {
  if (!door.inside) return outcome("duplicate", { first: door.left?.id ?? null });
  [door.inside, door.left] = [null, fact];
  return outcome("admitted");
}

function outcome(result, more = {}) {
  return { result, reason: null, first: null, is_conflict: false, ...more };
}
