// Sends a form and replaces only the part named by data-target. When anything is unusual (no such
// part in the answer, another page, no network), the form is sent as every form is.

import { ask, replaceFrom } from "./fragment.js";

export function mount(form) {
  form.addEventListener("submit", (event) => {
    if ("plain" in form.dataset) return;
    event.preventDefault();
    send(form, event.submitter);
  });
}

async function send(form, button) {
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  button?.setAttribute("aria-busy", "true");
  try {
    const body = new FormData(form, button);
    const response = await ask(addressOf(form, button), { method: "POST", body });
    if (response.status === 401) return sendPlainly(form, button);
    if (elsewhere(response)) return location.assign(response.url);
    const part = await replaceFrom(response, form.dataset.target);
    if (!part) location.reload();
  } catch {
    form.submit();
  } finally {
    form.removeAttribute("aria-busy");
    button?.removeAttribute("aria-busy");
  }
}

// The session has ended: the page that says so keeps what was filled in.
function sendPlainly(form, button) {
  form.dataset.plain = "";
  form.requestSubmit(button);
}

function elsewhere(response) {
  return response.redirected && new URL(response.url).pathname !== location.pathname;
}

function addressOf(form, button) {
  return button?.hasAttribute("formaction") ? button.formAction : form.action;
}
