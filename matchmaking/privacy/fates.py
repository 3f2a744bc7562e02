"""What erasing takes, what it leaves, and why: said before it is done."""

from matchmaking.core.i18n import _l

GOES = (
    _l("Name, e-mail, telephone, organization, position and every answer"),
    _l("The identity number for the security list"),
    _l("The role for a company, and the address given as the company's contact"),
    _l("Name and address as an interpreter"),
    _l("Addresses and subjects of mails sent; mails that wait are not sent"),
    _l("The name wherever the history mentions it, and what was asked about the data"),
    _l("The personal link and, before the event ends, the place and the badge"),
)
STAYS = (
    (
        _l("Kind of ticket, country, times of registration and check-in, consents given"),
        _l("for the figures the office has to account for; they no longer say who it was"),
    ),
    (
        _l("Meetings and what came of them"),
        _l("because they belong to both companies"),
    ),
    (
        _l("That somebody was erased, as a number without a name"),
        _l("so that a restored backup brings nobody back"),
    ),
)
