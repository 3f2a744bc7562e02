"""The rules of registration."""

from matchmaking.registration.services.badges import issue_badge, reissue_badge
from matchmaking.registration.services.places import SoldOut
from matchmaking.registration.services.registering import (
    AlreadyRegistered,
    AttendanceNotOffered,
    ConsentMissing,
    RegistrationClosed,
    RegistrationInput,
    register,
)

__all__ = [
    "AlreadyRegistered",
    "AttendanceNotOffered",
    "ConsentMissing",
    "RegistrationClosed",
    "RegistrationInput",
    "SoldOut",
    "issue_badge",
    "register",
    "reissue_badge",
]
