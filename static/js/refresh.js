// Keeps a part of the page up to date from data-source until the server sends it without one.

import { ask, replaceFrom } from "./fragment.js";

const EVERY_MS = 1500;
const BY_ITSELF = { "X-Requested-With": "refresh" };

export function mount(element) {
  const next = () => setTimeout(refresh, Number(element.dataset.every) || EVERY_MS);
  const refresh = async () => {
    if (!element.isConnected) return;
    if (document.hidden) return next();
    const response = await ask(element.dataset.source, { headers: BY_ITSELF }).catch(() => null);
    if (!response?.ok) return next();
    if (response.redirected) return location.assign(response.url);
    if (!(await replaceFrom(response, element.id))) location.reload();
  };
  next();
}
