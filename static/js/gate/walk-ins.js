// Registering who stands at the gate without a registration: kept here first, then told the server.

import { timeAt } from "./desk.js";
import { bringErrand, keepErrand, personOf } from "./errands.js";
import { learn } from "./people.js";
import { walkInHandle } from "./provisional.js";
import { inLanguage } from "./screen.js";
import { handleOf } from "./token.js";

const LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LENGTH = 8;
const PATIENCE_MS = 5000;
const EVENLY = 256 - (256 % LETTERS.length);

// `admit` takes the person once they are kept, `noRoom` says that they could not be.
export function mountWalkIns(gate, { admit, noRoom }) {
  const { page, desk } = gate;
  const form = page.querySelector("[data-walk-in]");
  const box = form.closest("details");
  const search = page.querySelector("[data-search]");
  box.addEventListener("toggle", () => {
    if (!box.open) return;
    offerTicketTypes(form, desk);
    form.elements.full_name.value ||= search.value;
    form.elements.full_name.focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const send = form.querySelector("[type=submit]");
    if (send.disabled || !form.reportValidity()) return;
    send.disabled = true;
    const told = Object.fromEntries(new FormData(form));
    const person = await keepWalkIn(desk, told, gate.form.elements.gate.value).catch(() => null);
    send.disabled = false;
    if (!person) return noRoom();
    for (const name of ["full_name", "organization", "email"]) form.elements[name].value = "";
    search.value = "";
    box.open = false;
    await admit(person);
  });
}

// Those of honour, whom somebody has to approve as a rule, come last.
function offerTicketTypes(form, desk) {
  const list = form.elements.ticket_type;
  const offered = desk.config.frame.ticket_types
    .filter((one) => one.in_person)
    .sort((one, other) => isVip(desk, one) - isVip(desk, other));
  if (list.options.length === offered.length) return;
  list.replaceChildren(...offered.map((one) => new Option(inLanguage(one.name), one.code)));
}

function isVip({ config }, { badge_type }) {
  return Number(config.frame.badge_types.find((one) => one.code === badge_type)?.is_vip ?? false);
}

// On disk before anything else; the server is asked where it can be.
export async function keepWalkIn(desk, { full_name, organization, ticket_type, email }, place) {
  const id = crypto.randomUUID();
  const code = newCode();
  const { handle_key } = desk.config.frame;
  const [handle, badge] = await Promise.all([handleOf(code, handle_key), walkInHandle(code, handle_key)]);
  const body = {
    walk_in_id: id,
    code,
    full_name: full_name.trim(),
    organization: organization.trim(),
    ticket_type,
    email: email.trim(),
    language: desk.config.device.language,
    gate: place,
    made_at: new Date(timeAt(desk)).toISOString(),
  };
  const errand = await keepErrand(desk, { kind: "walk-in", id, handle, badge, body });
  learn(desk.people, [personOf(errand)]);
  if (desk.isOnline) await bringErrand(desk, errand, PATIENCE_MS).catch(() => (desk.isOnline = false));
  return desk.people.byId.get(id);
}

// Of letters that are not mistaken for each other, each as likely as the others.
function newCode() {
  let code = "";
  while (code.length < CODE_LENGTH) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < EVENLY) code += LETTERS[byte % LETTERS.length];
  }
  return code;
}
