// Who is expected, in memory while the gate is open: found by handle, by three letters, by delegation.

const LEAST_LETTERS = 3;
const MOST_FOUND = 20;

export function makePeople() {
  return { byId: new Map(), byHandle: new Map(), letters: new Map() };
}

export function learn(people, page) {
  for (const person of page) {
    people.byId.set(person.id, person);
    for (const handle of [person.code, ...person.badges, ...person.revoked]) {
      people.byHandle.set(handle, person);
    }
    people.letters.set(person.id, fold(`${person.name} ${person.organization} ${person.delegation}`));
  }
}

// Whether exactly this is what is known of them.
export function knows(people, person) {
  return JSON.stringify(people.byId.get(person.id)) === JSON.stringify(person);
}

// Lower case, no diacritics, đ as d.
export function fold(text) {
  const plain = text.replace(/[đĐðÐ]/g, "d").normalize("NFD").replace(/\p{Mn}/gu, "");
  return plain.toLowerCase().split(/\s+/).filter(Boolean).join(" ");
}

// People of whose name, organization or delegation every word is a part; null for too few letters.
export function search(people, text) {
  const words = fold(text).split(" ").filter(Boolean);
  if (words.join("").length < LEAST_LETTERS) return null;
  const found = [];
  for (const [id, letters] of people.letters) {
    if (!words.every((word) => letters.includes(word))) continue;
    const person = people.byId.get(id);
    if (person.reason !== "cancelled") found.push(person);
    if (found.length > 10 * MOST_FOUND) break;
  }
  found.sort((one, other) => givenName(one).localeCompare(givenName(other), "vi"));
  return found.slice(0, MOST_FOUND);
}

export function delegationOf(people, name) {
  return [...people.byId.values()].filter((person) => person.delegation === name && !person.reason);
}

function givenName(person) {
  return person.name.trim().split(/\s+/).at(-1);
}
