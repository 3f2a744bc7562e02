// Gives a field for a day the calendar of the browser; what is chosen is written as 24/03/2026.

const DAY = /(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})/;

export function mount(field) {
  const calendar = document.createElement("input");
  if (!calendar.showPicker) return;
  Object.assign(calendar, { type: "date", tabIndex: -1, className: "day__calendar" });
  calendar.setAttribute("aria-hidden", "true");
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "day__pick", title: field.dataset.pick });
  button.setAttribute("aria-label", field.dataset.pick);
  const frame = document.createElement("div");
  frame.className = "day";
  field.before(frame);
  frame.append(field, calendar, button);

  button.addEventListener("click", () => {
    const [, day, month, year] = DAY.exec(field.value) ?? [];
    calendar.value = year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : "";
    calendar.showPicker();
  });
  calendar.addEventListener("change", () => {
    if (!calendar.value) return;
    const chosen = calendar.value.split("-").reverse().join("/");
    field.value = DAY.test(field.value) ? field.value.replace(DAY, chosen) : chosen;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}
