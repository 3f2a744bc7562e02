import pytest

from tests.journeys.accessibility import barriers_on


@pytest.mark.parametrize("language", ["vi", "en"])
def test_page_that_is_not_there_says_so_without_barriers(page, language):
    page.goto(f"/nowhere?lang={language}")

    assert page.locator("html").get_attribute("lang") == language
    assert barriers_on(page) == []
