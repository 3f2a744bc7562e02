"""The rules of registration."""

from matchmaking.registration.services.badges import issue_badge, reissue_badge
from matchmaking.registration.services.changing import (
    ChangedMeanwhile,
    ask_for_new_email,
    change,
    confirm_new_email,
)
from matchmaking.registration.services.consents import choose_consents
from matchmaking.registration.services.deciding import (
    NotPossibleNow,
    approve,
    approve_all,
    cancel,
    reinstate,
    reject,
)
from matchmaking.registration.services.mail import NoAddress, send_personal_link
from matchmaking.registration.services.many import living_addresses, register_many
from matchmaking.registration.services.places import SoldOut
from matchmaking.registration.services.registering import (
    AlreadyRegistered,
    AttendanceNotOffered,
    ConsentMissing,
    EventOver,
    NotYetOpen,
    RegistrationClosed,
    RegistrationInput,
    new_registration,
    register,
)
from matchmaking.registration.services.walk_ins import register_walk_in

__all__ = [
    "AlreadyRegistered",
    "AttendanceNotOffered",
    "ChangedMeanwhile",
    "ConsentMissing",
    "EventOver",
    "NoAddress",
    "NotPossibleNow",
    "NotYetOpen",
    "RegistrationClosed",
    "RegistrationInput",
    "SoldOut",
    "approve",
    "approve_all",
    "ask_for_new_email",
    "cancel",
    "change",
    "choose_consents",
    "confirm_new_email",
    "issue_badge",
    "living_addresses",
    "new_registration",
    "register",
    "register_many",
    "register_walk_in",
    "reinstate",
    "reissue_badge",
    "reject",
    "send_personal_link",
]
