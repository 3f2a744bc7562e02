import io

import pytest
import sqlalchemy as sa

from matchmaking.core.database import db, read_only
from matchmaking.core.outbox import OutgoingMail
from matchmaking.core.spreadsheets import read_table, write_rows
from matchmaking.registration import importing
from matchmaking.registration.models import Registration
from matchmaking.registration.views import lists
from tests.factories import make_event, make_member, make_registration, make_ticket_type, make_user

HEADS = ["Họ và tên", "Thư điện tử", "Số điện thoại", "Đơn vị", "Loại thẻ"]
ANH = ["Nguyễn Thị Ánh", "anh@example.com", "0912 345 678", "Sở Công Thương", ""]
BINH = ["Trần Văn Bình", "binh@example.com", "", "KOTRA", "Báo chí"]


@pytest.fixture
def event(app):
    return make_event(slug="han-quoc")


@pytest.fixture
def ticket_type(event):
    return make_ticket_type(event, code="delegate", places=10)


@pytest.fixture
def editor(event, ticket_type, browser_of):
    return browser_of(make_member(event))


def upload(browser, content, *, ticket="delegate"):
    return browser.post(
        "/organize/han-quoc/delegates/import",
        {"file": (io.BytesIO(content), "list.xlsx"), "ticket_type": ticket},
    )


def workbook(*rows, heads=HEADS):
    return write_rows("Danh sách", heads, rows)


def registrations():
    return list(db.session.scalars(sa.select(Registration).order_by(Registration.email)))


def test_nothing_is_written_before_it_is_confirmed(editor):
    answer = upload(editor, workbook(ANH))
    page = editor.get(answer.location).text

    assert "Take 1 delegate over" in page
    assert registrations() == []


def test_all_good_rows_are_taken_over_and_the_others_say_why(editor, event):
    make_ticket_type(event, code="press", name=event.name.__class__("Báo chí", "Press"))
    wrong = ["🎉", "anh", "1", "x" * 300, "Vé lạ"]
    review = upload(editor, workbook(ANH, wrong, BINH)).location

    page = editor.get(review).text
    editor.post(review)

    assert page.count("field__error") >= 5
    assert "“Vé lạ” is not known here." in page
    assert [(one.full_name, one.ticket_type.code) for one in registrations()] == [
        ("Nguyễn Thị Ánh", "delegate"),
        ("Trần Văn Bình", "press"),
    ]
    assert db.session.scalars(sa.select(OutgoingMail)).all() == []


def test_letters_go_out_when_they_are_asked_for(editor):
    editor.post(upload(editor, workbook(ANH)).location, {"by_mail": "y"})

    assert len(db.session.scalars(sa.select(OutgoingMail)).all()) == 1


def test_nobody_waits_to_write_while_a_list_is_read(editor, monkeypatch):
    only_reads = []

    def read(content):
        only_reads.append(read_only.get())
        return read_table(content)

    monkeypatch.setattr(lists, "read_table", read)

    upload(editor, workbook(ANH))

    assert only_reads == [True]


def test_taking_the_same_list_over_twice_adds_nobody_twice(editor):
    review = upload(editor, workbook(ANH)).location
    editor.post(review)

    assert "There is nobody to take over" in editor.get(review).text
    editor.post(review)
    assert len(registrations()) == 1


def test_an_address_twice_in_the_list_is_said_beside_it(editor):
    page = editor.get(upload(editor, workbook(ANH, ANH)).location).text

    assert "The list has this address twice." in page


def test_more_rows_than_places_are_left_out(editor, ticket_type):
    ticket_type.places = 1

    review = upload(editor, workbook(ANH, [*BINH[:4], ""])).location
    editor.post(review)

    assert "There are no places left" in editor.get(review).text
    assert len(registrations()) == 1


def test_a_column_that_was_guessed_wrongly_is_named_by_hand(editor):
    review = upload(
        editor, workbook(ANH, heads=["Đại biểu X", "Email", "SĐT", "Nơi ở", "?"])
    ).location

    columns = "&column=full_name&column=email&column=phone&column=organization&column="
    editor.post(review + columns)

    assert registrations()[0].organization == "Sở Công Thương"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_file_is_read_too(editor, separator):
    lines = [separator.join(HEADS), separator.join(ANH)]

    editor.post(upload(editor, "\ufeff".encode() + "\n".join(lines).encode()).location)

    assert registrations()[0].full_name == "Nguyễn Thị Ánh"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The first row must name the columns"),
        (b"PK\x03\x04 broken", "This is not an Excel workbook"),
        (b"\xc3\x28\xff\xff", "cannot be read"),
        (b"a,b\n1,2", "The first row must name the columns"),
        (b"Email,Name\n" + b"a@example.com,An\n" * 2001, "more than 2,000 rows"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_beside_the_field(editor, content, sentence):
    answer = upload(editor, content)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_strangers_see_nobody_s_list(editor, browser_of):
    review = upload(editor, workbook(ANH)).location
    other_event = make_event(slug="nhat-ban")
    colleague = browser_of(make_member(other_event))

    assert browser_of(make_user()).get(review).status_code == 404
    assert colleague.get(review.replace("han-quoc", "nhat-ban")).status_code == 404


def test_who_is_registered_stays_as_they_are(editor, ticket_type):
    make_registration(ticket_type=ticket_type, email="anh@example.com", full_name="Tên Cũ")

    editor.post(upload(editor, workbook(ANH)).location)

    assert [one.full_name for one in registrations()] == ["Tên Cũ"]


@pytest.mark.parametrize("address", ["anh@example.com", "cuc@example.com"])
def test_who_registers_while_a_list_is_taken_over_keeps_their_place(event, ticket_type, address):
    ticket_type.places = 2
    plan = importing.plan(event, [HEADS, ANH, [*BINH[:4], ""]], ticket_type)
    rows = importing.prepared(event, plan)
    make_registration(ticket_type=ticket_type, email=address)
    ticket_type.used = 1
    db.session.commit()

    made = importing.carry_out(event, rows, by_mail=False)

    taken = "binh@example.com" if address == "anh@example.com" else "anh@example.com"
    assert [one.email for one in made] == [taken]
    assert ticket_type.used == 2
