import pytest

from matchmaking.web.pagination import Page, page_url
from tests.factories import make_event, make_member, make_registration


def page(number: int, total: int) -> Page:
    return Page(rows=[], number=number, total=total, size=10)


def test_a_page_knows_which_rows_it_shows():
    assert [(p.first, p.last) for p in (page(1, 25), page(3, 25), page(1, 0))] == [
        (1, 10),
        (21, 25),
        (0, 0),
    ]


@pytest.mark.parametrize(
    ("number", "total", "shown"),
    [
        (1, 10, [1]),
        (1, 30, [1, 2, 3]),
        (5, 100, [1, 0, 4, 5, 6, 0, 10]),
        (10, 100, [1, 0, 9, 10]),
    ],
)
def test_a_pager_shows_both_ends_and_what_is_near(number: int, total: int, shown: list[int]):
    assert page(number, total).nearby == shown


def test_another_page_keeps_search_and_filters(bare_app):
    with bare_app.test_request_context("/list?q=nguyễn&sector=a&sector=b&page=2"):
        assert page_url(3) == "/list?q=nguy%E1%BB%85n&sector=a&sector=b&page=3"


def test_file_of_the_same_rows_is_asked_for_with_the_search_and_nothing_else(app, browser_of):
    event = make_event(slug="han-quoc")
    make_registration(event, full_name="Trần Văn Bình")

    answer = browser_of(make_member(event)).get(
        "/organize/han-quoc/delegates?q=binh&slug=x&_external=1&_scheme=javascript"
    )

    address = "/organize/han-quoc/delegates.xlsx?q=binh&amp;slug=x&amp;_external=1"
    assert f'href="{address}&amp;_scheme=javascript"' in answer.text
