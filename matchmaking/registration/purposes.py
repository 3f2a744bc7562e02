"""What a delegate is asked to agree to, each purpose for itself.

A changed sentence gets a new `wording`; the wording a delegate agreed to is kept with the consent.
"""

from dataclasses import dataclass
from typing import Any

from matchmaking.core.i18n import _l

PROCESSING = "processing"
SHARE_CONTACT = "share_contact"
SECURITY_LIST = "security_list"
NEWSLETTER = "newsletter"


@dataclass(frozen=True)
class Purpose:
    code: str
    wording: str
    sentence: Any
    consequence: Any
    is_required: bool = False


PURPOSES = (
    Purpose(
        PROCESSING,
        "2026-11",
        _l("The organizer may use what I enter here to run this event."),
        _l("Needed to register. Kept until the event has been reported on, then deleted."),
        is_required=True,
    ),
    Purpose(
        SHARE_CONTACT,
        "2026-11",
        _l("Companies that have a meeting with me may see my e-mail and telephone number."),
        _l("Without it they see your name and organization only."),
    ),
    Purpose(
        "photo",
        "2026-11",
        _l("Photographs and films in which I can be recognized may be published about the event."),
        _l("Without it the press desk is told to leave you out."),
    ),
    Purpose(
        NEWSLETTER,
        "2026-11",
        _l("I want to hear by e-mail about later events of this organizer."),
        _l("Mails about this registration come in any case."),
    ),
)
ASKED_APART = (
    Purpose(
        SECURITY_LIST,
        "2026-11",
        _l("The organizer may put my name and identity number on the security list of this event."),
        _l("Without it the security staff may ask for your papers at the entrance."),
    ),
)
"""Asked on a page of their own, of those whom they concern."""

BY_CODE = {purpose.code: purpose for purpose in (*PURPOSES, *ASKED_APART)}
