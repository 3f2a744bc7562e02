// Answers each line of input, a JSON string of HTML, with a line of its faults as JSON.
import { createInterface } from "node:readline";
import { HtmlValidate, Rule, StaticConfigLoader, definePlugin } from "html-validate";

const REFERRING = [
  "label[for]", "input[list]", "[aria-activedescendant]", "[aria-controls]", "[aria-describedby]", "[aria-details]",
  "[aria-errormessage]", "[aria-flowto]", "[aria-labelledby]", "[aria-owns]",
];

// The validator's own `no-missing-references` and `valid-for`, which walk the whole page for every reference in it.
class References extends Rule {
  setup() {
    this.on("dom:ready", ({ document }) => {
      const byId = new Map(document.querySelectorAll("[id]").map((node) => [node.id, node]));
      for (const selector of REFERRING) {
        const [, key] = selector.match(/\[(.*)\]/);
        for (const node of document.querySelectorAll(selector)) {
          for (const id of node.getAttributeValue(key)?.match(/\S+/g) ?? []) this.judge(node, key, id, byId.get(id));
        }
      }
    });
  }

  judge(node, key, id, target) {
    if (!target && this.options.missing) this.report(node, `${key} references missing id "${id}"`);
    if (target && key === "for" && target.meta && !target.meta.labelable) {
      this.report(node, `"${id}" is not a form control that can have a label`);
    }
  }
}

// Works out its rules once, not for each page.
class Settled extends StaticConfigLoader {
  getConfigFor(...of) {
    return (this.settled ??= super.getConfigFor(...of));
  }
}

const validatorWith = (options) =>
  new HtmlValidate(
    new Settled({
      root: true,
      plugins: [definePlugin({ name: "references", rules: { references: References } })],
      extends: ["html-validate:standard", "html-validate:a11y"],
      rules: {
        "no-inline-style": "error",
        "no-missing-references": "off",
        "valid-for": "off",
        references: ["error", options],
      },
    }),
  );
const ofPages = validatorWith({ missing: true });
const ofFragments = validatorWith({ missing: false });

for await (const line of createInterface({ input: process.stdin })) {
  const html = JSON.parse(line);
  const validator = /^\s*<!doctype/i.test(html) ? ofPages : ofFragments;
  const report = await validator.validateString(html, "page.html");
  const faults = report.results.flatMap((result) =>
    result.messages.map(({ ruleId, message, line, column, selector }) =>
      `${ruleId}: ${message} (line ${line}, column ${column}: ${selector})`),
  );
  console.log(JSON.stringify(faults));
}
