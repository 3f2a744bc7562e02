// Shows how many letters are left, once few are.

export function mount(control) {
  const most = Number(control.getAttribute("maxlength"));
  if (!most) return;
  const left = document.createElement("p");
  left.className = "field__hint";
  left.setAttribute("aria-live", "polite");
  control.after(left);
  const show = () => {
    const rest = most - control.value.length;
    left.textContent = rest <= most / 4 ? `${control.value.length} / ${most}` : "";
  };
  control.addEventListener("input", show);
  show();
}
