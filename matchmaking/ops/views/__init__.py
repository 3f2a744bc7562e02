"""Health for machines; mails and background work for people."""

from matchmaking.ops.views import health, jobs, mailbox, outbox  # noqa: F401
from matchmaking.ops.views.blueprint import bp

__all__ = ["bp"]
