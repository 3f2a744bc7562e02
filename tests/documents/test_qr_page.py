import io
import re
from base64 import b64decode

import pytest
from PIL import Image

from matchmaking.registration.models import RegistrationStatus
from matchmaking.registration.tokens import read_token
from tests.documents import paper
from tests.factories import make_registration


def text_of(picture: bytes) -> str:
    [text] = paper.codes(Image.open(io.BytesIO(picture)).convert("L"))
    return text


def test_the_qr_on_the_phone_is_the_badge(visitor):
    registration = make_registration(code="K7QM2X9D")

    answer = visitor.holding(registration).get("/registrations/K7QM2X9D/qr.png")

    assert read_token(text_of(answer.data)).is_of(registration.event_id)
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_qr_comes_with_the_page_itself(visitor):
    mine = visitor.holding(make_registration(code="K7QM2X9D"))

    page = mine.get("/registrations/K7QM2X9D").text

    (drawn,) = re.findall(r'src="data:image/png;base64,([^"]+)"', page)
    saved = mine.get("/registrations/K7QM2X9D/qr.png").data
    assert text_of(b64decode(drawn)) == text_of(saved)


def test_saving_the_qr_keeps_it_as_a_file(visitor):
    registration = make_registration(code="K7QM2X9D")

    answer = visitor.holding(registration).get("/registrations/K7QM2X9D/qr.png?save=1")

    assert answer.headers["Content-Disposition"] == "attachment; filename=badge-K7QM2X9D.png"


@pytest.mark.parametrize("status", [RegistrationStatus.PENDING, RegistrationStatus.CANCELLED])
def test_who_is_not_confirmed_has_no_qr(visitor, status):
    registration = make_registration(code="K7QM2X9D", status=status)

    answer = visitor.holding(registration).get("/registrations/K7QM2X9D/qr.png")

    assert answer.status_code == 409


def test_a_stranger_sees_no_qr(visitor):
    make_registration(code="K7QM2X9D")

    assert visitor.get("/registrations/K7QM2X9D/qr.png").status_code == 404
