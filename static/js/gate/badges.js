// A badge from the device's own printer: the real one, or a provisional one while there is no network.

import { badgeTypeOf, learnOne } from "./desk.js";
import { keepErrand } from "./errands.js";
import { provisionalText } from "./provisional.js";
import { qrPicture } from "./qr.js";
import { sendErrand } from "./remote.js";
import { handleOfPerson, recognize } from "./scanning.js";
import { fill, inLanguage } from "./screen.js";

const PATIENCE_MS = 5000;
const LARGEST_MM = { name: 9, organization: 3.4 };

// "printed", "provisional", or why not: "refused" (no badge to print), "offline" (a new one needs the
// server), "no_room" (it could not be counted).
export async function printBadge(gate, person, { reissue = false } = {}) {
  const { page, desk } = gate;
  const handle = handleOfPerson(person);
  const told = await asked(desk, { handle, reissue });
  if (told === "refused") return "refused";
  if (told) {
    if (reissue) await learnBadge(desk, person, told.token);
    await lay(page, desk, { ...faceOf(told), qr: told.token });
    print();
    return "printed";
  }
  if (reissue) return "offline";
  if (!(await counted(desk, handle))) return "no_room";
  const qr = await provisionalText(handle, desk.config.frame.handle_key);
  await lay(page, desk, { ...person, code: person.typed, isProvisional: true, qr });
  print();
  return "provisional";
}

// The old badge is refused here from now on; the other gates hear of it at their next sync.
async function learnBadge(desk, person, token) {
  const { handle } = await recognize(desk, token);
  const revoked = [...person.revoked, ...person.badges];
  await learnOne(desk, { ...person, badges: [handle], revoked });
}

// What the server says is on the badge, "refused", or null without it.
async function asked(desk, body) {
  if (!desk.isOnline) return null;
  const errand = { id: crypto.randomUUID(), kind: "badge", body };
  const { told, refusal } = await sendErrand(desk.config, errand, PATIENCE_MS).catch(() => ({}));
  if (told) return told;
  if (refusal) return "refused";
  desk.isOnline = false;
  return null;
}

// Whether the print is written down, to be told the server later.
async function counted(desk, handle) {
  try {
    return await keepErrand(desk, { kind: "badge", body: { handle } });
  } catch {
    desk.hasRoom = false;
    return null;
  }
}

const faceOf = ({ full_name, ...told }) => ({ ...told, name: full_name });

async function lay(page, desk, face) {
  const sheet = page.querySelector("[data-sheet]").content.firstElementChild.cloneNode(true);
  const badge = badgeTypeOf(desk, face);
  fill(sheet, {
    event: inLanguage(desk.config.frame.event.name),
    name: face.name,
    job: face.job_title,
    organization: face.organization,
    delegation: face.delegation,
    type: badge && `${badge.name.vi} · ${badge.name.en}`,
    code: face.code && `${face.code.slice(0, 4)} ${face.code.slice(4)}`,
    provisional: face.isProvisional ? null : "",
  });
  if (badge) sheet.style.setProperty("--band", badge.colour);
  page.querySelector(".sheet")?.remove();
  page.append(sheet);
  const picture = new Image();
  picture.src = await qrPicture(face.qr);
  await picture.decode();
  sheet.querySelector(".sheet__qr").append(picture);
  for (const [part, size] of Object.entries(LARGEST_MM)) shrink(sheet.querySelector(`[data-part=${part}]`), size);
  addEventListener("afterprint", () => sheet.remove(), { once: true });
}

// A line as large as it fits, never cut, nor broken within a word.
function shrink(line, largest) {
  if (!line) return;
  line.replaceChildren(...line.textContent.split(/(\s+)/).map(piece));
  let size = largest;
  do line.style.fontSize = `${size}mm`;
  while ((line.scrollHeight > line.clientHeight + 1 || line.scrollWidth > line.clientWidth + 1) && (size -= 0.2) > 2);
}

function piece(text) {
  if (!text.trim()) return " ";
  const word = document.createElement("span");
  word.textContent = text;
  return word;
}
