"""What axe objects to on a page as the browser shows it."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help} (${target.join(" ")})`));
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@cache
def _axe() -> str:
    return Path("node_modules/axe-core/axe.min.js").read_text()


def barriers_on(page: Page) -> list[str]:
    """Broken rules of WCAG 2.2 AA, and whether the page must be scrolled sideways."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    barriers: list[str] = page.evaluate(RUN, RULES)
    return barriers + too_wide(page)


def too_wide(page: Page) -> list[str]:
    """Whether the page must be scrolled sideways."""
    overflow = page.evaluate(OVERFLOW)
    return [f"the page is {overflow} pixels too wide"] if overflow > 0 else []
