// Takes the reader to what went wrong, and from there into the field itself.

export function mount(summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    (field.matches("fieldset") ? (field.querySelector("input") ?? field) : field).focus();
    field.closest(".field")?.scrollIntoView({ block: "center" });
  });
}
