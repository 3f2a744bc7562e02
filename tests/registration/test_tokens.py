import pytest

from matchmaking.registration.tokens import (
    BadSignature,
    NotABadge,
    badge_token,
    public_key,
    read_token,
)
from tests.factories import make_badge, make_event, make_registration


@pytest.fixture
def badge(app):
    return make_badge(make_registration(), code="00112233445566778899aabbccddeeff")


def test_a_token_is_128_letters_of_the_qr_alphanumeric_alphabet(badge):
    token = badge_token(badge)

    assert len(token) == 128
    assert set(token) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def test_reading_a_token_gives_its_badge_code_and_its_event(badge):
    claim = read_token(badge_token(badge))

    assert claim.code == "00112233445566778899aabbccddeeff"
    assert claim.is_of(badge.event_id)
    assert not claim.is_of(make_event().id)


def test_the_same_badge_always_gives_the_same_token(badge):
    assert badge_token(badge) == badge_token(badge)


def test_a_keyboard_scanner_may_add_a_line_end(badge):
    assert read_token(badge_token(badge) + "\r\n").code == badge.code


def test_events_sign_with_keys_of_their_own(app):
    assert public_key(make_event().id) != public_key(make_event().id)


@pytest.mark.parametrize("place", [0, 5, 40, 100, 127])
def test_a_token_with_one_letter_changed_is_refused(badge, place):
    token = badge_token(badge)
    other = "1" if token[place] == "0" else "0"

    with pytest.raises((BadSignature, NotABadge)):
        read_token(token[:place] + other + token[place + 1 :])


def test_a_forged_signature_is_told_from_something_that_is_no_badge(badge):
    token = badge_token(badge)
    forged = token[:60] + token[60:].translate(str.maketrans("0123456789", "1234567890"))

    with pytest.raises(BadSignature):
        read_token(forged)
    for text in ("", "https://example.com", "A" * 128, token[:-1], "é" * 128, token + "0"):
        with pytest.raises(NotABadge):
            read_token(text)
