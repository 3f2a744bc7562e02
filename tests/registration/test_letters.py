import pytest

from matchmaking.core.database import db
from matchmaking.registration.models import RegistrationStatus
from matchmaking.registration.services import (
    RegistrationInput,
    approve,
    ask_for_new_email,
    cancel,
    change,
    register,
    reject,
    send_personal_link,
)
from tests.factories import make_registration, make_ticket_type

PENDING = RegistrationStatus.PENDING


def registered(ticket_type, language="vi"):
    wanted = RegistrationInput(
        full_name="Nguyễn Thị Ánh",
        email="anh@example.com",
        ticket_type=ticket_type,
        language=language,
        consents=frozenset({"processing"}),
    )
    return register(ticket_type.event, wanted)


def sent(mailbox):
    db.session.commit()
    return mailbox.newest()


def text_of(message):
    return message.get_body(("plain",)).get_content()


def test_the_confirmation_has_badge_calendar_and_personal_link(mailbox):
    registration = registered(make_ticket_type())
    code = registration.code

    message = sent(mailbox)

    assert message["Subject"] == "Thẻ đại biểu Gặp gỡ Hàn Quốc"
    assert f"/r/{code}/" in text_of(message)
    types = [part.get_content_type() for part in message.iter_attachments()]
    assert types == ["application/pdf", "text/calendar"]


def test_a_letter_speaks_the_language_of_its_reader(mailbox):
    registered(make_ticket_type(), language="en")

    assert sent(mailbox)["Subject"] == "Your badge for Meet Korea"


@pytest.mark.parametrize(
    ("happen", "status", "subject"),
    [
        (approve, PENDING, "Your badge for Meet Korea"),
        (lambda one: reject(one, "Full"), PENDING, "Your registration for Meet Korea"),
        (cancel, RegistrationStatus.CONFIRMED, "Your registration for Meet Korea is cancelled"),
        (send_personal_link, RegistrationStatus.CONFIRMED, "Your personal link for Meet Korea"),
        (lambda one: change(one, full_name="Trần Ánh"), RegistrationStatus.CONFIRMED, "Your badge for Meet Korea has changed"),
        (lambda one: ask_for_new_email(one, "new@example.com"), RegistrationStatus.CONFIRMED, "Is this your new address for Meet Korea?"),
    ],
)  # fmt: skip
def test_each_news_has_its_letter(mailbox, happen, status, subject):
    happen(make_registration(status=status))

    assert sent(mailbox)["Subject"] == subject


@pytest.mark.parametrize(
    ("values", "subject"),
    [
        ({"needs_approval": True}, "Đã nhận đăng ký Gặp gỡ Hàn Quốc"),
        ({"places": 0, "has_waiting_list": True}, "Quý vị trong danh sách chờ Gặp gỡ Hàn Quốc"),
    ],
)
def test_who_has_no_place_yet_is_told_so_without_a_badge(mailbox, values, subject):
    registered(make_ticket_type(**values))

    message = sent(mailbox)

    assert message["Subject"] == subject
    assert list(message.iter_attachments()) == []


def test_the_reason_of_a_rejection_stands_in_the_letter(mailbox):
    reject(make_registration(status=PENDING), "Hết chỗ")

    assert "Reason: Hết chỗ" in text_of(sent(mailbox))


def test_the_link_to_confirm_a_new_address_goes_to_that_address(mailbox):
    registration = make_registration(email="old@example.com", code="K7QM2X9D")
    ask_for_new_email(registration, "new@example.com")

    message = sent(mailbox)

    assert message["To"] == "new@example.com"
    assert "/registrations/K7QM2X9D/new-email/" in text_of(message)


def test_a_letter_that_is_no_longer_true_is_not_sent(mailbox):
    registration = registered(make_ticket_type())
    cancel(registration)

    sent(mailbox)

    assert [message["Subject"] for message in mailbox.messages] == [
        "Đã hủy đăng ký Gặp gỡ Hàn Quốc"
    ]
