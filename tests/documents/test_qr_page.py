import io

import pytest
import zxingcpp
from PIL import Image

from matchmaking.registration.models import RegistrationStatus
from matchmaking.registration.tokens import read_token
from tests.factories import make_registration


def test_the_qr_on_the_phone_is_the_badge(visitor):
    registration = make_registration(code="K7QM2X9D")

    answer = visitor.holding(registration).get("/registrations/K7QM2X9D/qr.png")

    read = zxingcpp.read_barcode(Image.open(io.BytesIO(answer.data)).convert("L"))
    assert read_token(read.text).is_of(registration.event_id)
    assert "no-store" in answer.headers["Cache-Control"]


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
