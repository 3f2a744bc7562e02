import pytest

from matchmaking.companies import services as companies
from matchmaking.companies.models import CompanyStatus, Side
from matchmaking.core import jobs
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.core.outbox import MailState, OutgoingMail
from matchmaking.meetings.services import booking, requests
from tests.factories import (
    make_company,
    make_event,
    make_registration,
    make_representative,
    make_slots,
    make_tables,
)


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def dong_son(event):
    company = make_company(event, name=Bilingual("Đông Sơn", "Dong Son"), languages=["vi", "en"])
    make_representative(company, make_registration(event, email="anh@dongson.vn", language="vi"))
    return company


@pytest.fixture
def hanil(event):
    company = make_company(
        event, name=Bilingual("Công ty Hanil", "Hanil"), side=Side.FOREIGN, languages=["en"]
    )
    make_representative(company, make_registration(event, email="kim@hanil.kr", language="en"))
    make_registration(event, email="nobody@example.com")
    return company


def sent():
    """Every mail that leaves, as {recipient: subject}."""
    db.session.commit()
    jobs.run_due()
    mails = db.session.query(OutgoingMail).filter(OutgoingMail.state == MailState.SENT)
    return {mail.recipient: mail.subject for mail in mails}


def test_a_request_reaches_the_people_asked_in_their_language(dong_son, hanil):
    requests.send(dong_son, hanil, message="Rất mong được gặp")

    assert sent() == {"kim@hanil.kr": "Dong Son asks to meet you"}


def test_the_answer_reaches_who_asked(dong_son, hanil):
    asked = requests.send(hanil, dong_son)
    requests.accept(asked)

    assert sent() == {"kim@hanil.kr": "Dong Son accepts your request"}


def test_a_request_taken_back_before_its_letter_left_is_not_mailed(dong_son, hanil):
    asked = requests.send(dong_son, hanil)
    requests.withdraw(asked)

    assert sent() == {}


def test_both_companies_hear_of_a_booking_each_in_its_language(event, dong_son, hanil):
    make_tables(event)
    slot = make_slots(event)[0]
    booking.book((dong_son, hanil), slot)

    subjects = sent()
    day = event.starts_on.strftime("%d/%m/%Y")
    assert subjects == {
        "anh@dongson.vn": f"Cuộc gặp với Công ty Hanil: 08:00, {day}",
        "kim@hanil.kr": f"Meeting with Dong Son: 08:00, {day}",
    }


def test_both_companies_hear_of_a_cancelled_meeting(event, dong_son, hanil):
    make_tables(event)
    meeting = booking.book((dong_son, hanil), make_slots(event)[0])
    booking.cancel(meeting)

    assert sorted(sent()) == ["anh@dongson.vn", "kim@hanil.kr"]
    assert all("Dong Son" in s or "Hanil" in s for s in sent().values())


def test_the_people_of_a_confirmed_company_are_welcomed_once(event):
    company = make_company(event, name=Bilingual("Đông Sơn"), status=CompanyStatus.PENDING)
    make_representative(company, make_registration(event, email="anh@dongson.vn", language="vi"))

    companies.confirm(company)
    companies.withdraw(company)
    companies.confirm(company)

    assert sent() == {"anh@dongson.vn": "Đông Sơn đã được xác nhận"}
