"""What a device of its own says; the page carries it, so that it can be said without a network."""

from collections.abc import Mapping
from typing import Any

from flask_babel import force_locale

from matchmaking.checkin.models import Direction, Verdict
from matchmaking.checkin.words import REASONS, VERDICTS
from matchmaking.core.i18n import LANGUAGES, _l

SIGNS = {"yes": "check", "look": "triangle-alert", "no": "x"}
"""The icon of each kind of answer."""

STATES: Mapping[str, tuple[Any, Any]] = {
    "new": (
        _l("This device is not enrolled"),
        _l("Scan the enrolment code on the organizer's screen with this device's camera."),
    ),
    "used": (
        _l("This code does not work"),
        _l(
            "It has been used, is too old, or there is no network. Ask the organizer for a new one."
        ),
    ),
    "empty": (
        _l("Fetching the list"),
        _l("The device needs the network once before it can work without."),
    ),
    "stale": (
        _l("Connect to the network"),
        _l(
            "This device heard from the server more than 12 hours ago, so its list may be wrong. Scans that wait are safe."
        ),
    ),
    "elsewhere": (
        _l("The gate is open in another window"),
        _l("Only one window of a device scans at a time, so that nobody is admitted twice."),
    ),
    "unsent": (
        _l("Scans are still waiting"),
        _l("Connect to the network first. Then end the shift; nothing is lost meanwhile."),
    ),
    "ended": (
        _l("The shift has ended"),
        _l("Nothing is left on this device. Thank you!"),
    ),
    "over": (
        _l("The event is over"),
        _l("The list has been removed from this device."),
    ),
    "revoked": (
        _l("This device was revoked"),
        _l(
            "The list has been removed. Scans that wait go to the organizer, who decides about them."
        ),
    ),
}

WAITS = _l(
    "The registration is kept, but no place is left or somebody must approve it. Send them to the organizer."
)

ANSWERS: Mapping[str, Any] = {
    **{
        f"{direction.value}.{verdict.value}": text
        for (direction, verdict), text in VERDICTS.items()
    },
    **{f"reason.{reason.value}": text for reason, text in REASONS.items()},
    f"{Direction.ENTRY.value}.check": _l("Let in – will be checked"),
    f"{Direction.EXIT.value}.check": _l("Goodbye"),
    f"{Direction.VOID.value}.check": VERDICTS[Direction.VOID, Verdict.ADMITTED],
    "unknown_yet": _l("Genuine, but registered after this device last heard from the server."),
    "first": _l("{time}, gate {gate}, device {device}"),
    "first_somewhere": _l("{time}, gate {gate}"),
    "delegation": _l("Delegation"),
    "inside": _l("Inside"),
    "registered_here": _l(
        "Registered at the gate. The provisional code is on the badge; the list will know it soon."
    ),
    f"{Direction.ENTRY.value}.waits": _l("The organizer decides"),
    "walk_in_waits": WAITS,
    "badge.printed": _l("Printed and counted."),
    "badge.provisional": _l(
        "A provisional badge is printed: there is no network. Print the real one when there is."
    ),
    "badge.refused": _l("There is no badge for this registration yet. Ask the organizer."),
    "badge.offline": _l(
        "A new badge needs the network. A provisional one can be printed; the lost one stays good."
    ),
    "kiosk.wrong": _l("This is not the PIN."),
    "kiosk.wait": _l("Too many wrong PINs. Wait a minute."),
    "unkept": _l("Not kept – nobody was let in"),
    "no_room": _l(
        "This device's storage is full, so nothing was written down. Use another device, or make room and try again."
    ),
    "badge.no_room": _l("Not printed: this device's storage is full."),
    "nobody": _l(
        "Nobody with these letters. Diacritics do not matter; try another part of the name."
    ),
}
"""By the key under which the page's modules look for them."""

AT_THE_KIOSK: Mapping[str, Any] = {
    "admitted.title": _l("Welcome!"),
    "admitted.sentence": _l("Your badge is being printed."),
    "check.title": _l("Welcome!"),
    "check.sentence": _l("Please pick up your badge at the desk."),
    "duplicate.title": _l("You have checked in already"),
    "duplicate.sentence": _l("If you need another badge, please ask at the desk."),
    "refused.title": _l("Please come to the desk"),
    "refused.sentence": _l("Our staff will help you there."),
}
"""What delegates who check themselves in read, each in their own language."""
SCAN_HERE = _l("Hold the QR code of your letter or badge before the camera")


def at_the_kiosk() -> dict[str, str]:
    """Every greeting in every language, by `kiosk.<language>.<what>`."""
    words: dict[str, str] = {}
    for language in LANGUAGES:
        with force_locale(language):
            words |= {f"kiosk.{language}.{key}": str(text) for key, text in AT_THE_KIOSK.items()}
    return words


def invitations() -> dict[str, str]:
    """How the kiosk asks for a badge, in every language."""
    invited = {}
    for language in LANGUAGES:
        with force_locale(language):
            invited[language] = str(SCAN_HERE)
    return invited
