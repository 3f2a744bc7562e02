// Registrations that the server did not take: shown until somebody has read them, and never lost before.

import { refusedWalkIns } from "./errands.js";
import { isKiosk } from "./kiosk.js";
import { fill } from "./screen.js";
import { forgetErrand } from "./store.js";

// How many there are.
export async function showRefusals({ page, desk }) {
  const refused = await refusedWalkIns(desk);
  const box = page.querySelector("[data-refusals]");
  box.hidden = !refused.length || isKiosk(desk);
  box.querySelector("ul").replaceChildren(...refused.map((one) => row(page, desk, one)));
  return refused.length;
}

function row(page, desk, errand) {
  const { full_name, organization } = errand.body;
  const item = page.querySelector("[data-refusal]").content.firstElementChild.cloneNode(true);
  fill(item, { name: [full_name, organization].filter(Boolean).join(" · "), why: errand.refusal });
  item.querySelector("button").addEventListener("click", async () => {
    await forgetErrand(desk.store, errand);
    await showRefusals({ page, desk });
  });
  return item;
}
