// Shows how many letters there are, once three quarters of what fits is written.

export function mount(control) {
  const most = Number(control.dataset.most);
  if (!most) return;
  const line = document.createElement("p");
  line.className = "field__hint";
  line.setAttribute("aria-live", "polite");
  control.after(line);
  const show = () => {
    const written = [...control.value].length;
    line.textContent = written > (most * 3) / 4 ? `${written} / ${most}` : "";
  };
  control.addEventListener("input", show);
  show();
}
