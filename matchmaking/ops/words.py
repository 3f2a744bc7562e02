"""States and kinds of mails and jobs in words."""

from typing import Any
from zoneinfo import ZoneInfo

from matchmaking.core.i18n import _l
from matchmaking.core.jobs import JobState
from matchmaking.core.outbox import MailState

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""Where administrators are; an event's own pages use the event's zone."""

MAIL_STATES: dict[str, Any] = {
    MailState.QUEUED: _l("Waiting"),
    MailState.SENT: _l("Mail sent"),
    MailState.FAILED: _l("Not sent"),
    MailState.DROPPED: _l("No longer needed"),
}
MAIL_KINDS = {
    MailState.QUEUED: "warning",
    MailState.SENT: "success",
    MailState.FAILED: "error",
    MailState.DROPPED: "neutral",
}
JOB_STATES: dict[str, Any] = {
    JobState.QUEUED: _l("Waiting"),
    JobState.RUNNING: _l("At work"),
    JobState.DONE: _l("Done"),
    JobState.FAILED: _l("Failed"),
}
JOB_KINDS = {
    JobState.QUEUED: "warning",
    JobState.RUNNING: "info",
    JobState.DONE: "success",
    JobState.FAILED: "error",
}
