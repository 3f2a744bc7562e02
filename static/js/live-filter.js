// Refreshes the list of a filter form while one types or chooses, and keeps the address in step.

import { ask, replaceFrom } from "./fragment.js";

const PAUSE_MS = 250;

export function mount(form) {
  let timer;
  let latest = 0;
  const refresh = async () => {
    const address = addressOf(form);
    const turn = ++latest;
    const response = await ask(address).catch(() => null);
    if (turn !== latest || !response?.ok) return;
    await replaceFrom(response, form.dataset.results);
    history.replaceState(null, "", address);
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE_MS);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    refresh();
  });
}

function addressOf(form) {
  const filled = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(filled).toString();
  const path = new URL(form.action).pathname;
  return query ? `${path}?${query}` : path;
}
