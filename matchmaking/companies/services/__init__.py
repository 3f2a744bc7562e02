"""What may be done to a company, and by which rules."""

from matchmaking.companies.services.absences import AbsenceOutsideEvent, set_absences
from matchmaking.companies.services.profile import (
    CompanyAlreadyThere,
    CompanyChangedMeanwhile,
    CompanyError,
    NamelessCompany,
    Profile,
    TooManySectors,
    UnknownChoice,
    change,
    create,
    profile_of,
)
from matchmaking.companies.services.representatives import (
    AlreadyRepresents,
    NotADelegateHere,
    TooManyLines,
    add_representative,
    make_contact,
    remove_representative,
    set_lines,
)
from matchmaking.companies.services.standing import confirm, limit_meetings, withdraw

__all__ = [
    "AbsenceOutsideEvent",
    "AlreadyRepresents",
    "CompanyAlreadyThere",
    "CompanyChangedMeanwhile",
    "CompanyError",
    "NamelessCompany",
    "NotADelegateHere",
    "Profile",
    "TooManyLines",
    "TooManySectors",
    "UnknownChoice",
    "add_representative",
    "change",
    "confirm",
    "create",
    "limit_meetings",
    "make_contact",
    "profile_of",
    "remove_representative",
    "set_absences",
    "set_lines",
    "withdraw",
]
