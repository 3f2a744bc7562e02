// Finding people by letters, and admitting one of them, or a whole delegation, with one tap.

import { delegationOf, search } from "./people.js";
import { handleOfPerson } from "./scanning.js";
import { fill } from "./screen.js";

// `admit` takes {handle, person, reason} of one or many, `offerBadge` the person whose badge is wanted.
export function mountFinding(page, desk, words, acts) {
  const input = page.querySelector("[data-search]");
  const list = page.querySelector("[data-found]");
  const show = () => list.replaceChildren(...shown(page, desk, words, input.value, acts));
  input.addEventListener("input", show);
  return show;
}

function shown(page, desk, words, text, acts) {
  const found = search(desk.people, text);
  if (!found) return [];
  if (!found.length) return [paragraph(words.nobody)];
  const list = document.createElement("ul");
  list.className = "found";
  for (const name of new Set(found.map((person) => person.delegation).filter(Boolean))) {
    const members = delegationOf(desk.people, name).filter((person) => !isInside(desk, person));
    if (members.length > 1) list.append(group(page, words, name, members, acts));
  }
  list.append(...found.map((person) => row(page, desk, words, person, acts)));
  return [list];
}

function row(page, desk, words, person, { admit, offerBadge }) {
  const item = page.querySelector("[data-row]").content.firstElementChild.cloneNode(true);
  const state = isInside(desk, person) ? words.inside : person.reason ? words[`reason.${person.reason}`] : "";
  const line = [state, person.organization, person.delegation].filter(Boolean).join(" · ");
  fill(item, { name: person.name, line });
  const [button, badge] = item.querySelectorAll("button");
  for (const one of [button, badge]) one.setAttribute("aria-label", `${one.textContent.trim()} ${person.name}`);
  button.addEventListener("click", () => admit([readOf(person)]));
  badge.addEventListener("click", () => offerBadge(person));
  if (state) button.remove();
  if (person.reason) badge.remove();
  return item;
}

function group(page, words, name, members, { admit }) {
  const item = page.querySelector("[data-group]").content.firstElementChild.cloneNode(true);
  fill(item, { name: `${words.delegation}: ${name} (${members.length})` });
  item.querySelector("button").addEventListener("click", () => admit(members.map(readOf)));
  return item;
}

const readOf = (person) => ({ handle: handleOfPerson(person), person, reason: null });

// Whether the person is inside the event as far as this device knows.
function isInside(desk, person) {
  const own = desk.own.findLast((fact) => fact.holder === person.id && fact.zone === "" && !fact.reason);
  return own ? own.direction === "entry" : person.scans.some((scan) => scan.zone === "");
}

function paragraph(text) {
  const made = document.createElement("p");
  made.className = "soft";
  made.textContent = text;
  return made;
}
