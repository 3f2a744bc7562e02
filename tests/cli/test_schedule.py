import pytest
from sqlalchemy import select

from matchmaking.cli.schedule import schedule
from matchmaking.companies.models import Side
from matchmaking.core.database import db
from matchmaking.meetings.models import Meeting, RequestStatus, ScheduleRun
from tests.factories import make_company, make_event, make_request, make_slots, make_tables


@pytest.fixture
def event(app):
    event = make_event(slug="han-quoc")
    make_tables(event, 1)
    make_slots(event, 1)
    ours = make_company(event)
    for priority in (3, 5):
        guest = make_company(event, side=Side.FOREIGN)
        make_request(ours, guest, priority=priority, status=RequestStatus.ACCEPTED)
    db.session.commit()
    return event


def run(app, *arguments):
    return app.test_cli_runner().invoke(schedule, ["run", *arguments])


def test_the_command_says_what_it_found_and_publishes_it(app, event):
    result = run(app, "han-quoc", "--publish")

    assert result.exit_code == 0, result.output
    placed, value, left_out, published = result.output.splitlines()
    assert placed == "placed 1 of 2 requests"
    assert value.startswith("value 5, ")
    assert left_out == "  1 left out: company_full"
    assert published == "published as version 1"
    assert len(db.session.scalars(select(Meeting)).all()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["nowhere"],
        ["han-quoc", "--seed", "-1"],
        ["han-quoc", "--seed", str(2**31)],
        ["han-quoc", "--time-limit", "-1"],
        ["han-quoc", "--time-limit", "soon"],
    ],
)
def test_what_cannot_be_is_refused_before_anything_begins(app, event, arguments):
    result = run(app, *arguments)

    assert result.exit_code in (1, 2)
    assert "Error:" in result.output
    assert db.session.scalars(select(ScheduleRun)).all() == []
