"""States and kinds of mails and jobs in words."""

from typing import Any

from matchmaking.core.i18n import _l
from matchmaking.core.jobs import JobState
from matchmaking.core.outbox import MailState

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
LANES: dict[str, Any] = {"short": _l("Mails and news"), "long": _l("Documents and schedules")}
