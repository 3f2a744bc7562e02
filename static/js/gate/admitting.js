// From what was read to what the volunteer sees, and back again by one undo.

import { stateOf } from "./desk.js";
import { greet, isKiosk } from "./kiosk.js";
import { handleOfPerson, recognize, takeScan } from "./scanning.js";
import { showAnswer } from "./screen.js";

const SAME_BADGE_MS = 4000;

// The camera sees the same badge many times a second.
export async function seen(gate, text) {
  if (text === gate.last.text && Date.now() - gate.last.at < SAME_BADGE_MS) return;
  gate.last = { text, at: Date.now() };
  await read(gate, text);
}

export const read = (gate, text) => gate.inTurn(() => readNow(gate, text));

async function readNow(gate, text) {
  if (gate.isElsewhere) return;
  if (stateOf(gate.desk) !== "open") return gate.refresh();
  await admitAll(gate, [await recognize(gate.desk, text)]);
}

export async function admitAll(gate, reads) {
  const { gate: place, direction } = gate.form.elements;
  for (const one of reads) {
    const told = await takeScan(gate.desk, one, { gate: place.value, direction: direction.value });
    await answer(gate, told, direction.value);
    gate.undone = told.shown === "admitted" || told.shown === "check" ? { one, scan: told.scan } : null;
    if (told.shown === "unkept") break;
  }
  await gate.refresh();
}

async function answer(gate, told, direction) {
  if (isKiosk(gate.desk)) return greet(gate, told);
  showAnswer(gate.screen, gate.desk, told, direction);
  gate.offerBadge(told.person);
}

// Where there is no place, or somebody must approve, they are kept and the organizers decide.
export async function admitNew(gate, person) {
  if (!person.reason) return admitAll(gate, [{ handle: handleOfPerson(person), person, reason: null }]);
  await answer(gate, { shown: "waits", person }, "entry");
  await gate.refresh();
}

export async function undo(gate) {
  const { one, scan } = gate.undone;
  const where = { gate: scan.gate, direction: "void", voids: scan.scan_id };
  const told = await takeScan(gate.desk, one, where);
  showAnswer(gate.screen, gate.desk, told, "void");
  if (told.shown !== "unkept") gate.undone = null;
  await gate.refresh();
}

export async function notKept(gate) {
  await answer(gate, { shown: "unkept" }, "entry");
  await gate.refresh();
}
