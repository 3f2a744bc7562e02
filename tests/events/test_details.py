import io
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import select

from matchmaking.core.audit import AuditEntry, history_of
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.core.files import StoredFile
from matchmaking.events.forms.details import as_typed
from matchmaking.events.models import Event, EventStatus, MemberRole
from tests.factories import make_event, make_member, make_session
from tests.factories.events import at


def typed(event, **changes):
    """What a browser sends when nothing but `changes` was touched."""
    values = as_typed(event)
    sent = {}
    for name, value in values.items():
        if value is True:
            sent[name] = "y"
        elif hasattr(value, "strftime"):
            sent[name] = value.strftime(
                "%d/%m/%Y" if not hasattr(value, "hour") else "%d/%m/%Y %H:%M"
            )
        elif value is not None and value is not False:
            sent[name] = value
    return {**sent, **changes}


@pytest.fixture
def event(app):
    return make_event(status=EventStatus.DRAFT, languages=["vi", "en"])


@pytest.fixture
def editor(event, browser_of):
    return browser_of(make_member(event, MemberRole.EDITOR))


def test_an_editor_saves_the_details(event, editor):
    answer = editor.post(
        f"/organize/{event.slug}/details",
        typed(
            event, name_vi="Gặp gỡ Nhật Bản", slug="gap-go-nhat-ban", map_url="maps.example.com/a"
        ),
    )

    assert answer.status_code == 302
    assert answer.location == "/organize/gap-go-nhat-ban/details"
    assert event.name == Bilingual("Gặp gỡ Nhật Bản", "Meet Korea")
    assert event.map_url == "https://maps.example.com/a"
    assert event.version == 2
    assert [entry.action for entry in history_of(event)] == ["event.changed"]


def test_saving_without_a_change_leaves_no_trace(event, editor):
    editor.post(f"/organize/{event.slug}/details", typed(event))

    assert event.version == 1
    assert db.session.scalars(select(AuditEntry)).all() == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"starts_on": "31/02/2027"}, "Write a day that exists"),
        ({"starts_on": "24/03/0022"}, "Write a year between 2000 and 2100."),
        ({"ends_on": "01/01/2020"}, "The last day is before the first one."),
        ({"name_vi": "Ễ" * 5000}, "Shorten this to 160 letters or fewer."),
        ({"name_vi": " "}, "Please fill this in."),
        ({"slug": "Gặp gỡ"}, "Use small letters without diacritics"),
        ({"map_url": "javascript:alert(1)"}, "Write the whole address"),
        ({"contact_email": "somebody"}, "Write the address like"),
        ({"contact_phone": "call me"}, "Write a number like"),
        ({"has_accent": "y", "accent": "red"}, "Write a colour as six digits"),
        ({"expected_delegates": "many"}, "Write a whole number."),
        ({"requests_per_company": "-1"}, "Write a number from 0 to 200."),
        ({"timezone": "Mars/Base"}, "Please choose from the list."),
        ({"province_code": "99"}, "Please choose from the list."),
        ({"languages": []}, "Please fill this in."),
        (
            {
                "registration_opens_at": "02/01/2027 08:00",
                "registration_closes_at": "01/01/2027 08:00",
            },
            "It closes before it opens.",
        ),
    ],
)
def test_wrong_input_is_answered_beside_its_field_and_kept(event, editor, changes, sentence):
    sent = typed(event, theme_vi="Hội tụ 🌏 nguồn lực", **changes)

    answer = editor.post(f"/organize/{event.slug}/details", sent)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Hội tụ 🌏 nguồn lực" in answer.text
    assert event.version == 1


def test_decomposed_letters_are_stored_composed(event, editor):
    editor.post(
        f"/organize/{event.slug}/details",
        typed(event, name_vi="Ga\u0323\u0306p go\u031b\u0303 Ha\u0300n Quo\u0302\u0301c"),
    )

    assert event.name.vi == "Gặp gỡ Hàn Quốc"


def test_a_stranger_and_a_viewer_cannot_edit(event, visitor, browser_of):
    path = f"/organize/{event.slug}/details"

    assert "/sign-in" in visitor.get(path).location
    for member in (make_member(event, MemberRole.VIEWER), make_member(make_event())):
        assert browser_of(member).get(path).status_code == 404
        assert browser_of(member).post(path, typed(event)).status_code == 404


def test_the_later_of_two_editors_sees_both_versions_and_loses_nothing(event, editor, browser_of):
    other = browser_of(make_member(event))
    opened = typed(event)
    path = f"/organize/{event.slug}/details"
    other.post(path, {**opened, "theme_vi": "Tăng trưởng xanh"})

    answer = editor.post(
        path, {**opened, "theme_vi": "Kinh tế tuần hoàn", "languages": ["vi", "ko"]}
    )

    assert answer.status_code == 422
    for text in ("Tăng trưởng xanh", "Kinh tế tuần hoàn", "Vietnamese, Korean"):
        assert text in answer.text
    assert event.theme.vi == "Tăng trưởng xanh"

    again = {**opened, "theme_vi": "Kinh tế tuần hoàn", "version": str(event.version)}
    assert f'name="version" type="hidden" value="{event.version}"' in answer.text
    assert editor.post(path, again).status_code == 302
    assert event.theme.vi == "Kinh tế tuần hoàn"


def test_new_days_that_would_leave_sessions_out_are_refused_by_name(event, editor):
    make_session(event, day=1, title=Bilingual("Kết nối giao thương", ""))

    answer = editor.post(
        f"/organize/{event.slug}/details",
        typed(event, ends_on=event.starts_on.strftime("%d/%m/%Y")),
    )

    assert answer.status_code == 422
    assert "Kết nối giao thương" in answer.text
    assert event.version == 1


def test_the_programme_moves_along_with_the_first_day_when_asked_to(event, editor):
    session = make_session(event, "08:30", "09:30", day=1)
    later = event.starts_on + timedelta(days=30)

    editor.post(
        f"/organize/{event.slug}/details",
        typed(
            event,
            starts_on=later.strftime("%d/%m/%Y"),
            ends_on=(later + timedelta(days=1)).strftime("%d/%m/%Y"),
            shift_programme="y",
        ),
    )

    assert event.starts_on == later
    assert session.starts_at == at(event, "08:30", day=1)


def test_sessions_keep_their_clock_times_in_another_zone(event, editor):
    session = make_session(event, "08:30", "09:30")

    editor.post(f"/organize/{event.slug}/details", typed(event, timezone="Asia/Seoul"))

    assert event.timezone == "Asia/Seoul"
    assert session.starts_at == at(event, "08:30")


def test_an_address_is_unique_and_stays_once_published(event, editor):
    make_event(slug="taken")
    path = f"/organize/{event.slug}/details"

    assert "Another event has this address" in editor.post(path, typed(event, slug="taken")).text

    db.session.execute(db.update(Event).values(published_at=event.created_at))
    editor.post(path, typed(event, slug="new-address"))
    assert event.slug != "new-address"


def picture(size=(3000, 1500), form="PNG") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "#0b6e4f").save(written, form)
    return written.getvalue()


def test_a_banner_is_kept_smaller_without_what_else_was_in_the_file(event, editor, visitor):
    editor.post(
        f"/organize/{event.slug}/details",
        typed(event, picture=(io.BytesIO(picture() + b"<script>"), "../../x.html")),
    )

    kept = db.session.get(StoredFile, event.banner_id)
    assert kept.content_type == "image/webp"
    assert Image.open(io.BytesIO(kept.content)).size == (1920, 960)
    answer = visitor.get(f"/files/{kept.id}")
    assert answer.mimetype == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.cache_control.immutable


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg onload='x'>", b"\x89PNG\r\n\x1a\n broken", picture((30, 20), form="GIF")],
)
def test_what_is_no_picture_is_refused_beside_the_field(event, editor, content):
    answer = editor.post(
        f"/organize/{event.slug}/details", typed(event, picture=(io.BytesIO(content), "a.png"))
    )

    assert event.banner_id is None
    assert answer.status_code == (422 if content else 302)


def test_a_banner_taken_with_the_camera_on_its_side_is_upright_and_tells_no_place(event, editor):
    written, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x010E] = "at home"
    Image.new("RGB", (6000, 3000), "#0b6e4f").save(written, "JPEG", exif=exif)
    written.seek(0)

    editor.post(f"/organize/{event.slug}/details", typed(event, picture=(written, "a.jpg")))

    kept = Image.open(io.BytesIO(db.session.get(StoredFile, event.banner_id).content))
    assert (kept.size, dict(kept.getexif())) == ((540, 1080), {})


@pytest.mark.parametrize("mode", ["1", "P", "LA", "I;16"])
def test_a_picture_of_any_kind_of_pixels_is_kept(event, editor, mode):
    written = io.BytesIO()
    Image.new(mode, (3000, 1500)).save(written, "PNG")
    written.seek(0)

    editor.post(f"/organize/{event.slug}/details", typed(event, picture=(written, "a.png")))

    kept = db.session.get(StoredFile, event.banner_id)
    assert Image.open(io.BytesIO(kept.content)).size == (1920, 960)


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_a_picture_that_would_unpack_to_too_much_is_not_decoded(event, editor, form):
    bomb = picture(size=(4100, 4000), form=form)

    answer = editor.post(
        f"/organize/{event.slug}/details", typed(event, picture=(io.BytesIO(bomb), "a.png"))
    )

    assert "This picture is too large" in answer.text


def test_private_files_are_not_served_by_their_id(visitor, app):
    secret = StoredFile(name="list.xlsx", content_type="text/csv", content=b"names")
    db.session.add(secret)

    db.session.flush()
    assert visitor.get(f"/files/{secret.id}").status_code == 404
