from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from matchmaking.core.audit import history_of
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.core.files import StoredFile, store
from matchmaking.events import queries
from matchmaking.events.models import (
    Booth,
    EventHost,
    EventStatus,
    Hall,
    MemberRole,
    Speaker,
    Track,
)
from matchmaking.events.services.details import EditionExists
from matchmaking.events.services.editions import clone_edition, next_number, next_year
from matchmaking.events.signals import event_cloned
from matchmaking.registration.models import Registration
from tests.factories import make_company, make_event, make_member, make_registration, make_session
from tests.factories.base import add
from tests.factories.events import at


@pytest.fixture
def korea_2025(app):
    """An edition with something of everything."""
    event = make_event(
        edition="2025",
        name=Bilingual("Gặp gỡ Hàn Quốc 2025", "Meet Korea 2025"),
        registration_closes_at=datetime(2026, 12, 1, 10, tzinfo=UTC),
    )
    logo = store(
        b"logo", name="logo.webp", content_type="image/webp", event_id=event.id, is_public=True
    )
    add(EventHost(event_id=event.id, name=Bilingual("Bộ Ngoại giao", "MOFA"), logo_id=logo.id))
    hall = add(Hall(event_id=event.id, name=Bilingual("Phòng 1", "Room 1")))
    track = add(Track(event_id=event.id, code="A", name=Bilingual("Năng lượng", "Energy")))
    outer = make_session(
        event, "08:00", "10:00", hall_id=hall.id, track_id=track.id, slot_minutes=20, tables=4
    )
    inner = make_session(event, "08:00", "09:00", parent_id=outer.id)
    add(Speaker(event_id=event.id, session_id=inner.id, full_name="Kim Min-jun"))
    add(Booth(event_id=event.id, number="A01", hall_id=hall.id))
    return event


def copy_of(event, **values):
    values.setdefault("starts_on", event.starts_on + timedelta(days=364))
    values.setdefault("edition", "2026")
    return clone_edition(event, **values)


def test_next_edition_has_the_structure_on_other_days(korea_2025):
    copy = copy_of(korea_2025)

    assert (copy.status, copy.series, copy.edition) == (
        EventStatus.DRAFT, korea_2025.series, "2026",
    )  # fmt: skip
    assert (copy.ends_on - copy.starts_on).days == 1
    outer, inner = sorted(queries.sessions_of(copy), key=lambda s: s.ends_at, reverse=True)
    assert inner.parent_id == outer.id
    assert outer.starts_at == at(copy, "08:00")
    assert (outer.hall.event_id, outer.track.event_id) == (copy.id, copy.id)
    assert [speaker.full_name for speaker in inner.speakers] == ["Kim Min-jun"]
    assert queries.booths_of(copy)[0].hall_id == outer.hall_id
    assert copy.registration_closes_at == datetime(2027, 11, 30, 10, tzinfo=UTC)
    assert history_of(copy)[0].details["edition"] == "2026"


def test_each_edition_keeps_logos_of_its_own(korea_2025):
    copy = copy_of(korea_2025)
    db.session.expire_all()

    old, new = korea_2025.hosts[0].logo_id, copy.hosts[0].logo_id
    assert old != new
    assert db.session.get(StoredFile, new).content == b"logo"


def test_nobody_who_came_moves_into_the_next_edition(korea_2025):
    make_registration(korea_2025)
    make_company(korea_2025)

    copy = copy_of(korea_2025)

    mine = Registration.event_id == copy.id
    assert db.session.scalar(select(func.count()).select_from(Registration).where(mine)) == 0


def test_an_edition_exists_once_in_its_series(korea_2025):
    copy_of(korea_2025)

    with pytest.raises(EditionExists):
        copy_of(korea_2025)


def test_higher_features_hear_of_the_new_edition(korea_2025):
    heard = []

    def listen(sender, *, source):
        heard.append((sender, source))

    with event_cloned.connected_to(listen):
        copy = copy_of(korea_2025)

    assert heard == [(copy, korea_2025)]


def test_the_next_edition_is_proposed_a_year_on_with_the_next_number(korea_2025):
    assert next_number(korea_2025) == "2026"
    assert next_year(korea_2025.starts_on).weekday() == korea_2025.starts_on.weekday()


def test_an_organizer_makes_the_next_edition_from_the_desk(korea_2025, browser_of):
    owner = make_member(korea_2025, MemberRole.OWNER)
    browser = browser_of(owner)
    path = f"/organize/{korea_2025.slug}/next-edition"

    assert 'value="Gặp gỡ Hàn Quốc 2026"' in browser.get(path).text
    answer = browser.post(
        path, {"edition": "2026", "name_vi": "Gặp gỡ Hàn Quốc 2026", "starts_on": "10/12/2027"}
    )

    assert answer.location == "/organize/gap-go-han-quoc-2026"
    assert browser.get(answer.location).status_code == 200
    again = browser.post(path, {"edition": "2026", "name_vi": "Gặp gỡ", "starts_on": "10/12/2027"})
    assert "already has an edition 2026" in again.text


def test_a_viewer_of_one_event_makes_no_new_ones(korea_2025, browser_of):
    viewer = browser_of(make_member(korea_2025, MemberRole.VIEWER))

    assert viewer.get(f"/organize/{korea_2025.slug}/next-edition").status_code == 404
    assert viewer.get("/organize/events/new").status_code == 404
