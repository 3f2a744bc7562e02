// A long select becomes a field to type in; diacritics do not matter. The select stays the value.

let counted = 0;

export function fold(text) {
  const marks = /\p{Mn}/gu;
  return text.normalize("NFD").replace(marks, "").replace(/[đĐ]/g, "d").toLowerCase().trim();
}

export function mount(select) {
  const box = build(select);
  let active = -1;

  const shown = () => [...box.list.children];
  const open = (words) => {
    const wanted = fold(words);
    const fitting = [...select.options].filter((o) => o.value && fold(o.text).includes(wanted));
    box.list.replaceChildren(...fitting.map((o, i) => item(box.list.id, o, i)));
    box.list.hidden = fitting.length === 0;
    box.input.setAttribute("aria-expanded", String(!box.list.hidden));
    point(words && fitting.length ? 0 : -1);
  };
  const close = () => {
    box.list.hidden = true;
    box.input.setAttribute("aria-expanded", "false");
    box.input.removeAttribute("aria-activedescendant");
  };
  const point = (index) => {
    active = index;
    shown().forEach((o, i) => o.setAttribute("aria-selected", String(i === index)));
    const option = shown()[index];
    option?.scrollIntoView({ block: "nearest" });
    if (option) box.input.setAttribute("aria-activedescendant", option.id);
    else box.input.removeAttribute("aria-activedescendant");
  };
  const choose = (value) => {
    select.value = value;
    box.input.value = value ? select.selectedOptions[0].text : "";
    close();
    select.dispatchEvent(new Event("input", { bubbles: true }));
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const settle = () => {
    if (!box.list.hidden && active >= 0) choose(shown()[active].dataset.value);
    else if (box.input.value.trim() === "") choose("");
    else box.input.value = select.value ? select.selectedOptions[0].text : "";
    close();
  };

  box.input.addEventListener("input", (event) => {
    event.stopPropagation();
    open(box.input.value);
  });
  box.input.addEventListener("click", () => open(""));
  box.input.addEventListener("blur", settle);
  box.list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[data-value]");
    if (option) choose(option.dataset.value);
  });
  box.input.addEventListener("keydown", (event) => {
    const last = shown().length - 1;
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && !box.list.hidden && active >= 0) choose(shown()[active].dataset.value);
    else if (event.key === "ArrowDown" && box.list.hidden) open("");
    else if (event.key === "ArrowDown") point(Math.min(active + 1, last));
    else if (event.key === "ArrowUp") point(Math.max(active - 1, 0));
    else return;
    event.preventDefault();
  });
}

function build(select) {
  const input = document.createElement("input");
  const list = document.createElement("ul");
  const frame = document.createElement("div");
  list.id = `combobox-${++counted}`;
  list.hidden = true;
  list.className = "combobox__list";
  list.setAttribute("role", "listbox");
  Object.assign(input, { type: "text", className: select.className, autocomplete: "off", id: select.id });
  input.value = select.value ? select.selectedOptions[0].text : "";
  input.placeholder = select.options[0]?.value ? "" : (select.options[0]?.text ?? "");
  const roles = { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": list.id };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  }
  list.setAttribute("aria-label", select.labels[0]?.textContent.trim() ?? "");
  frame.className = "combobox";
  select.removeAttribute("id");
  select.before(frame);
  const kept = document.createElement("div");
  kept.hidden = true;
  kept.append(select);
  frame.append(input, list, kept);
  return { input, list };
}

function item(id, option, index) {
  const line = document.createElement("li");
  Object.assign(line, { id: `${id}-${index}`, className: "combobox__option", textContent: option.text });
  line.dataset.value = option.value;
  line.setAttribute("role", "option");
  return line;
}
