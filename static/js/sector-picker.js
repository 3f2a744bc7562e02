// Adds to a sector tree what a page without JavaScript lacks: a search over all branches, what is
// chosen above the tree, and counts that follow.

import { fold } from "./combobox.js";

export function mount(picker) {
  const tree = picker.querySelector(".picker__tree");
  const branches = [...tree.querySelectorAll("details")].map((details) => ({
    details,
    count: details.querySelector("[data-count]"),
    name: fold(details.querySelector("summary").textContent),
    choices: [...details.querySelectorAll(".choice")],
  }));
  const chosen = document.createElement("div");
  chosen.className = "picker__chosen";
  const search = searchField(picker);
  const none = document.createElement("p");
  Object.assign(none, { className: "field__hint", textContent: picker.dataset.none, hidden: true });
  tree.before(chosen, search, none);

  const recount = () => {
    chosen.replaceChildren();
    for (const branch of branches) {
      const ticked = branch.choices.filter((choice) => box(choice).checked);
      branch.count.textContent = ticked.length || "";
      chosen.append(...ticked.map((choice) => chip(choice, branch)));
    }
  };
  search.addEventListener("input", () => {
    const words = fold(search.value);
    let shown = 0;
    for (const branch of branches) shown += narrow(branch, words);
    none.hidden = shown > 0;
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  picker.addEventListener("change", recount);
  for (const branch of branches) branch.details.open = false;
  recount();
}

const box = (choice) => choice.querySelector("input");
const label = (choice) => choice.querySelector("label").textContent;

function narrow(branch, words) {
  const whole = !words || branch.name.includes(words);
  let shown = 0;
  for (const choice of branch.choices) {
    const fits = whole || fold(label(choice)).includes(words);
    choice.hidden = !fits;
    if (fits) shown += 1;
  }
  branch.details.hidden = shown === 0;
  branch.details.open = Boolean(words) && shown > 0;
  return shown;
}

function chip(choice, branch) {
  const button = document.createElement("button");
  const parts = label(choice).split(": ");
  Object.assign(button, { type: "button", className: "picker__chip" });
  button.textContent = parts.at(-1) || branch.name;
  button.addEventListener("click", () => {
    box(choice).checked = false;
    box(choice).dispatchEvent(new Event("change", { bubbles: true }));
  });
  return button;
}

function searchField(picker) {
  const input = document.createElement("input");
  Object.assign(input, { type: "search", className: "field__control", autocomplete: "off" });
  input.placeholder = picker.dataset.search;
  input.setAttribute("aria-label", picker.dataset.search);
  return input;
}
