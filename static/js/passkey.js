// Has the device make or unlock a passkey, and sends what it says with the form.

import { say } from "./toast.js";

export function mount(form) {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const credential = await ask(form.dataset);
      form.elements.answer.value = JSON.stringify(credential.toJSON());
    } catch {
      say(form.dataset.refused);
      return;
    }
    form.submit();
  });
}

function ask({ new: fresh, known }) {
  if (fresh) {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(fresh));
    return navigator.credentials.create({ publicKey });
  }
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(known));
  return navigator.credentials.get({ publicKey });
}
