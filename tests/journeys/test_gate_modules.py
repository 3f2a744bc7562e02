"""The browser's copies of the rules of the gate, held to the server's own cases."""

import json

from playwright.sync_api import Browser

from matchmaking.web.assets import asset_version
from tests.checkin.facts import VECTORS

JUDGE = """async ([module, cases]) => {
  const { verdicts } = await import(module);
  return cases.map((one) => {
    const { outcomes, inside } = verdicts(one.facts.toReversed());
    return { facts: one.facts, outcomes, inside };
  });
}"""


def test_the_browser_judges_every_case_as_the_server_does(browser: Browser, address: str):
    page = browser.new_page()
    page.goto(f"{address}/healthz")
    cases = json.loads(VECTORS.read_text())

    judged = page.evaluate(
        JUDGE, [f"{address}/static/{asset_version()}/js/gate/verdicts.js", cases]
    )
    page.close()

    assert judged == cases
