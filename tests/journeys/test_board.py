"""An organizer moves meetings on the schedule board: by mouse, by keyboard, by finger, without scripts."""

import pytest
from playwright.sync_api import expect

from matchmaking.companies.models import Side
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.meetings.models import Meeting, RequestStatus
from tests.factories import (
    make_company,
    make_event,
    make_member,
    make_request,
    make_slots,
    make_tables,
)
from tests.journeys.accessibility import barriers_on
from tests.journeys.conftest import go_on_as
from tests.meetings.board import dong_son_and_hanil, meet, whereabouts

BOARD = "/organize/han-quoc/schedule/board"


@pytest.fixture
def event(app):
    event = make_event(slug="han-quoc")
    make_tables(event, 2)
    return event


@pytest.fixture
def meeting_id(event):
    """Đông Sơn and Hanil at the first time; a second request waits."""
    both = dong_son_and_hanil(event)
    late = make_company(event, name=Bilingual("Sejin"), side=Side.FOREIGN)
    make_request(both[0], late, status=RequestStatus.ACCEPTED)
    return meet(both, make_slots(event, 3)[0]).id


@pytest.fixture
def board(page, event, meeting_id, browser_of, address):
    go_on_as(page, browser_of(make_member(event, language="en")), address)
    page.goto(BOARD)
    page.evaluate("document.fonts.ready")
    return page.locator("#board")


def where(meeting_id) -> tuple[int, int]:
    db.session.rollback()
    found = whereabouts(db.session.get_one(Meeting, meeting_id))
    db.session.rollback()
    return found


def cell(board, table: int, time: int):
    return board.locator(f".cells tbody tr:nth-child({table}) td:nth-of-type({time})")


@pytest.mark.parametrize("page", ["desk"], indirect=True)
def test_a_meeting_is_dragged_to_another_time_and_back_by_undo(page, board, meeting_id):
    expect(page.locator("#board[data-mounted=yes]")).to_be_visible()
    start = board.locator(".cells a.chip").bounding_box()
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"] + 40, steps=4)
    expect(cell(page, 2, 3).locator("button")).to_contain_text("free")
    target = cell(page, 2, 3).bounding_box()
    page.mouse.move(target["x"] + 30, target["y"] + 30, steps=4)
    page.mouse.up()
    expect(cell(page, 2, 3).locator("a.chip")).to_contain_text("Hanil")
    assert where(meeting_id) == (2, 2)

    page.locator("form[action*='/undo'] button").click()
    expect(cell(page, 1, 1).locator("a.chip")).to_contain_text("Hanil")
    assert where(meeting_id) == (0, 1)


@pytest.mark.parametrize("page", ["desk"], indirect=True)
def test_the_board_moves_on_while_a_card_is_held_at_its_edge(page, event, board):
    make_slots(event, 12, start="10:00")
    db.session.commit()
    page.goto(BOARD)
    page.evaluate("document.fonts.ready")
    expect(page.locator("#board[data-mounted=yes]")).to_be_visible()
    start = board.locator(".cells a.chip").bounding_box()
    box = board.locator(".scroller").bounding_box()
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 10, start["y"] + 40, steps=4)

    last = cell(page, 1, 15)
    expect(last).to_be_in_viewport(ratio=0.9)
    page.mouse.move(box["x"] + box["width"] / 2, start["y"] + 40)
    target = last.bounding_box()
    page.mouse.move(target["x"] + 40, target["y"] + 30, steps=4)
    page.mouse.up()
    expect(last.locator("a.chip")).to_contain_text("Hanil")


def test_a_meeting_is_moved_with_the_keyboard_alone(page, board, meeting_id):
    expect(page.locator("#board[data-mounted=yes]")).to_be_visible()
    board.locator(".cells a.chip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("a[data-back]")).to_be_visible()
    expect(page.locator("button[data-cell]:focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("a[data-card]:focus")).to_contain_text("Hanil")

    page.keyboard.press("Enter")
    expect(page.locator("button[data-cell]:focus")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("a[data-back]")).to_have_count(0)
    expect(cell(page, 2, 3).locator("a.chip")).to_contain_text("Hanil")
    assert where(meeting_id) == (2, 2)


def test_a_lifted_card_puts_no_barrier_in_anybodys_way(page, board):
    board.locator(".cells a.chip").click()
    expect(page.locator("a[data-back]")).to_be_visible()

    assert barriers_on(page) == []
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scripts", [True, False])
def test_a_waiting_request_is_tapped_and_a_time_is_tapped(page, board, meeting_id, scripts):
    board.locator(".tray a.chip").click()
    page.locator(".times-list button").first.click()
    expect(page.locator("form[action*='/undo']")).to_be_visible()
    expect(page.locator(".board__title")).to_contain_text("0")
    page.locator("form[action*='/tell'] button").click()
    expect(page.locator("form[action*='/tell']")).to_have_count(0)
