"""Printing for many, from the desk to the file."""

from datetime import timedelta

import pytest

from matchmaking.core import clock, jobs
from matchmaking.core.audit import AuditEntry
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.core.jobs import Job, JobState
from matchmaking.documents import jobs as printing
from matchmaking.documents.orders import Paper, PrintOrder
from matchmaking.documents.services import order_print
from matchmaking.events.models import MemberRole
from matchmaking.meetings.models import Meeting, MeetingOrigin
from matchmaking.registration.models import Badge, RegistrationStatus, SessionSignUp
from matchmaking.registration.queries import current_badge
from matchmaking.registration.tokens import badge_token
from tests.documents import paper
from tests.factories import (
    make_company,
    make_event,
    make_interpreter,
    make_member,
    make_registration,
    make_representative,
    make_session,
    make_slots,
    make_tables,
    make_ticket_type,
)
from tests.factories.base import add


@pytest.fixture
def event(app):
    return make_event(name=Bilingual("Gặp gỡ Hàn Quốc", "Meet Korea"), schedule_version=2)


@pytest.fixture
def desk(event, browser_of):
    return browser_of(make_member(event, full_name="Trần Minh Đức"))


def printed(desk, event, kind="badges", **form) -> bytes:
    """Ask, let the worker work, download."""
    asked = desk.post(f"/organize/{event.slug}/documents/{kind}", form)
    assert asked.status_code == 302, asked.text
    jobs.run_due()
    job = db.session.scalars(db.select(Job).order_by(Job.id.desc())).first()
    assert job.state is JobState.DONE, job.error
    answer = desk.get(f"/organize/{event.slug}/documents/{job.id}.pdf")
    assert answer.headers["Cache-Control"] == "private, no-store"
    return answer.data


def test_all_badges_come_in_one_file_by_given_name_and_are_counted(desk, event):
    hoa = make_registration(event, full_name="Trần Văn Hòa")
    anh = make_registration(event, full_name="Vũ Thị Ánh")
    make_registration(event, status=RegistrationStatus.CANCELLED)
    make_registration(event, attendance="online")

    pdf = printed(desk, event, size="a6")

    codes = [paper.codes(picture)[0] for picture in paper.pictures(pdf)]
    assert codes == [badge_token(current_badge(anh)), badge_token(current_badge(hoa))]
    assert db.session.scalars(db.select(Badge.prints).order_by(Badge.prints)).all() == [0, 1, 1]
    entry = db.session.scalars(db.select(AuditEntry)).one()
    assert (entry.action, entry.actor_name, entry.details) == (
        "badges.printed",
        "Trần Minh Đức",
        {"count": 2},
    )


def test_badges_are_chosen_by_type_words_and_whether_they_were_printed(desk, event):
    press = make_ticket_type(event, badge_type="press", code="press")
    make_registration(event, full_name="An", search_text="an so ngoai vu")
    make_registration(ticket_type=press, full_name="Bình", search_text="binh bao thanh nien")
    make_registration(ticket_type=press, full_name="Cúc", search_text="cuc bao tuoi tre")

    def names(**form):
        pages = paper.words(printed(desk, event, size="card", **form))
        return [next(name for name in ("An", "Bình", "Cúc") if name in page) for page in pages]

    assert names(ticket_type="press") == ["Bình", "Cúc"]
    assert names(organization="Tuổi Trẻ") == ["Cúc"]
    assert names(unprinted="y") == ["An"]


def test_badges_are_put_on_sheets_of_a4(desk, event):
    for _ in range(5):
        make_registration(event)

    assert len(paper.pictures(printed(desk, event, size="a6", on_a4="y"))) == 2


def test_choice_that_fits_nobody_is_refused_with_everything_kept(desk, event):
    make_registration(event)

    answer = desk.post(
        f"/organize/{event.slug}/documents/badges", {"size": "card", "organization": "Không có"}
    )

    assert answer.status_code == 422
    assert "There is nothing to print" in answer.text
    assert 'value="Không có"' in answer.text
    assert db.session.scalars(db.select(Job)).all() == []


@pytest.mark.parametrize(
    "bad",
    [
        {"size": "a3"},
        {"size": "a6", "ticket_type": "x"},
        {"size": "a6", "organization": "Đ" * 5000},
    ],
)
def test_bad_choice_is_answered_beside_its_field(desk, event, bad):
    assert desk.post(f"/organize/{event.slug}/documents/badges", bad).status_code == 422


@pytest.fixture
def meeting(event):
    """One meeting of a local and a Korean company, at table 1, interpreted."""
    local = make_company(event, name=Bilingual("Cơ khí Đông Sơn", "Dong Son Mechanics"))
    hanwha = make_company(event, name=Bilingual("Hanwha", "한화 Hanwha"), country="KR")
    make_representative(local, make_registration(event, full_name="Phạm Văn Hùng", language="vi"))
    slots, tables = make_slots(event, 2, start="09:00"), make_tables(event, 2)
    return add(
        Meeting(
            event_id=event.id, company_a_id=hanwha.id, company_b_id=local.id,
            slot_id=slots[0].id, table_id=tables[0].id, origin=MeetingOrigin.SCHEDULE,
            interpreter_id=make_interpreter(event, full_name="Lê Thị Lan").id,
        )
    )  # fmt: skip


def test_agenda_of_each_delegate_has_meetings_own_sessions_and_those_for_all(desk, event, meeting):
    hung = meeting.company_b.representatives[0].registration
    own = make_session(
        event, "14:00", "15:00", sign_up=True, title=Bilingual("Hội thảo", "Workshop")
    )
    make_session(event, "15:00", "16:00", sign_up=True, title=Bilingual("Phiên khác", "Another"))
    make_session(event, "08:00", "08:30", title=Bilingual("Khai mạc", "Opening"))
    add(SessionSignUp(registration_id=hung.id, session_id=own.id))

    (text,) = paper.words(printed(desk, event, "agendas"))

    for part in ("Lịch trình cá nhân", "Personal agenda", "Phạm Văn Hùng", "08:00–08:30", "Khai mạc",
                 "09:00–09:20", "Hanwha", "한화 Hanwha", "Hàn Quốc", "Lê Thị Lan", "Hội thảo", "Workshop",
                 "Lịch gặp, bản số 2", "1 / 1"):  # fmt: skip
        assert part in text, part
    assert "Phiên khác" not in text


def test_company_table_and_interpreter_have_their_sheets(desk, event, meeting):
    company = paper.words(printed(desk, event, "company_agendas"))
    tables = paper.words(printed(desk, event, "table_cards"))
    (interpreter,) = paper.words(printed(desk, event, "interpreter_agendas"))

    assert "Cơ khí Đông Sơn" in company[0]
    assert "Phạm Văn Hùng" in company[0]
    assert "Company agenda" in company[1]
    assert "Bàn 1 Table 1" in tables[0]
    assert "Hanwha" in tables[0]
    assert "Cơ khí Đông Sơn" in tables[0]
    assert "Nothing is planned here yet." in tables[1]
    assert "Lê Thị Lan" in interpreter


def test_sign_in_sheet_lists_everybody_by_given_name(desk, event):
    make_registration(event, full_name="Trần Văn Hòa")
    make_registration(event, full_name="Vũ Thị Ánh")

    (text,) = paper.words(printed(desk, event, "sign_in_sheet"))

    assert text.index("Vũ Thị Ánh") < text.index("Trần Văn Hòa")
    assert "Signature" in text


def test_papers_embed_subsets_of_their_fonts_and_name_their_language(desk, event, meeting):
    pdf = printed(desk, event, "agendas")

    assert all(paper.fonts(pdf).values())
    assert paper.language(pdf) == "vi"


def test_paper_without_subjects_is_refused(desk, event):
    answer = desk.post(f"/organize/{event.slug}/documents/table_cards")

    assert answer.status_code == 409
    assert "There is nothing to print" in answer.text


def test_unknown_paper_is_not_found(desk, event):
    assert desk.post(f"/organize/{event.slug}/documents/passports").status_code == 404


def test_page_shows_how_far_a_batch_is_and_then_where_it_lies(desk, event, monkeypatch):
    for _ in range(3):
        make_registration(event)
    seen = []
    real = jobs.report_progress

    def watched(job, *, done, total=None):
        real(job, done=done, total=total)
        seen.append(done)

    monkeypatch.setattr(jobs, "report_progress", watched)
    desk.post(f"/organize/{event.slug}/documents/badges", {"size": "a6"})
    before = desk.get(f"/organize/{event.slug}/documents").text
    jobs.run_due()
    after = desk.get(f"/organize/{event.slug}/documents").text

    assert 'data-module="refresh"' in before
    assert '<progress class="progress__bar"' in before
    assert seen == [3]
    assert 'data-module="refresh"' not in after
    assert "Download Badges (3)" in after


def test_file_is_taken_away_after_three_days(desk, event, monkeypatch):
    make_registration(event)
    printed(desk, event, size="a6")
    job = db.session.scalars(db.select(Job)).one()
    later = clock.now() + timedelta(days=3, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert desk.get(f"/organize/{event.slug}/documents/{job.id}.pdf").status_code == 404
    assert "Taken away after three days" in desk.get(f"/organize/{event.slug}/documents").text


def test_job_killed_halfway_counts_each_badge_once(event, monkeypatch):
    make_registration(event)
    by = make_member(event)
    order_print(event, PrintOrder(Paper.BADGES), by=by)
    db.session.commit()

    def killed(*_):
        monkeypatch.undo()
        raise OSError("the power went")

    monkeypatch.setattr(printing, "finished", killed)
    jobs.run_due()
    db.session.execute(db.update(Job).values(run_after=clock.now()))
    db.session.commit()
    jobs.run_due()

    assert db.session.scalars(db.select(Badge.prints)).one() == 1


def test_documents_are_for_editors_of_the_event(event, visitor, browser_of, desk):
    make_registration(event)
    printed(desk, event, size="a6")
    job = db.session.scalars(db.select(Job)).one()
    addresses = [
        f"/organize/{event.slug}/documents",
        f"/organize/{event.slug}/documents/{job.id}.pdf",
    ]
    viewer = browser_of(make_member(event, MemberRole.VIEWER))
    elsewhere = make_event()
    stranger = browser_of(make_member(elsewhere))

    for address in addresses:
        assert visitor.get(address).status_code == 303
        assert viewer.get(address).status_code == 404
        assert stranger.get(address).status_code == 404
    assert stranger.get(f"/organize/{elsewhere.slug}/documents/{job.id}.pdf").status_code == 404


def test_staff_print_one_badge_at_the_desk_and_it_is_counted(event, browser_of, visitor):
    delegate = make_registration(event)
    gate = browser_of(make_member(event, MemberRole.GATE))

    answer = gate.post(f"/registrations/{delegate.code}/badge/print")

    assert paper.codes(paper.pictures(answer.data)[0]) == [badge_token(current_badge(delegate))]
    assert current_badge(delegate).prints == 1
    assert visitor.post(f"/registrations/{delegate.code}/badge/print").status_code == 303


def test_batches_are_read_in_as_many_queries_for_one_as_for_many(event, count_queries):
    make_registration(event)
    with count_queries() as one:
        pdf_of_all(event)
    for _ in range(3):
        make_registration(event)
    with count_queries() as many:
        pdf_of_all(event)

    assert many.total == one.total


def pdf_of_all(event) -> None:
    db.session.expire_all()
    for kind in (Paper.BADGES, Paper.AGENDAS):
        printing._read(db.session.merge(event), PrintOrder(kind))
