"""Why a meeting cannot be. Each refusal can name slots that are still possible."""

from collections.abc import Sequence

from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.meetings.models import Slot


class MeetingError(DomainError):
    """These two cannot meet so. `alternatives` are slots where they could, earliest first."""

    def __init__(
        self, *subjects: object, alternatives: Sequence[Slot] = (), **values: object
    ) -> None:
        super().__init__(*subjects, **values)
        self.alternatives = alternatives


class SameCompany(MeetingError):
    code = "same_company"
    message = _l("A company cannot meet itself.")


class SameSide(MeetingError):
    code = "same_side"
    message = _l(
        "Both companies are on the same side. At this event local firms meet foreign ones."
    )


class CompanyNotConfirmed(MeetingError):
    code = "company_not_confirmed"
    message = _l("%(company)s has not been confirmed by the organizer yet.")


class OtherEvent(MeetingError):
    code = "other_event"
    message = _l("This belongs to another event.")


class LimitReached(MeetingError):
    code = "limit_reached"
    message = _l("%(company)s already has as many as it may have: %(limit)d.")


class AlreadyMeeting(MeetingError):
    code = "already_meeting"
    message = _l("These two companies already have a meeting.")


class OutsideGrid(MeetingError):
    code = "outside_grid"
    message = _l("There is no such time for meetings, or a break would interrupt it.")


class SlotPast(MeetingError):
    code = "slot_past"
    message = _l("This time has already begun.")


class CompanyUnavailable(MeetingError):
    code = "company_unavailable"
    message = _l("%(company)s cannot meet at this time.")


class SlotTaken(MeetingError):
    code = "slot_taken"
    message = _l("This time has just been taken.")


class TableTaken(MeetingError):
    code = "table_taken"
    message = _l("There is no free table at this time.")


class NoInterpreter(MeetingError):
    code = "no_interpreter"
    message = _l("No interpreter for this language is free at this time.")


class AlreadyCancelled(MeetingError):
    code = "already_cancelled"
    message = _l("This meeting has already been cancelled.")


class AlreadyRequested(MeetingError):
    code = "already_requested"
    message = _l("You have already asked this company to meet.")


class AlreadyAnswered(MeetingError):
    code = "already_answered"
    message = _l("This request has already been answered.")


class InstantBookingOff(MeetingError):
    code = "instant_booking_off"
    message = _l("At this event meetings are placed by the organizer. Send a request instead.")
