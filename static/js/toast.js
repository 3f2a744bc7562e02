// Says a sentence at the foot of the page, to eyes and to screen readers.

const SHOWN_MS = 5000;

export function say(sentence) {
  const region = document.querySelector("[data-toasts]");
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = sentence;
  region.replaceChildren(toast);
  setTimeout(() => toast.remove(), SHOWN_MS);
}
