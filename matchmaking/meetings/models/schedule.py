"""Runs of the scheduler and the numbered versions that were published."""

import uuid
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaking.core import clock
from matchmaking.core.codes import new_id
from matchmaking.core.database import Base, status_enum
from matchmaking.events.models import Event


class RunState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class RunMode(StrEnum):
    FULL = "full"
    NIGHTLY = "nightly"
    WHAT_IF = "what_if"
    REPAIR = "repair"
    BOTTLENECKS = "bottlenecks"


class ScheduleRun(Base):
    """One run of the scheduler: a draft until a version is published from it.

    `based_on` is the published version it started from; `unplaced` says of each request
    left out why: {"request", "reason", "subjects", "remedies", "together"}; `reliefs` what
    one change would do for all of them: {"action", "subjects", "requests", "points"}, the best
    first. `mode` says what it is for; `plan` what it supposes (a "what_if" run) or mends (a "repair"). `is_stopping`: an
    organizer asked for what has been found so far.
    """

    __tablename__ = "schedule_runs"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), index=True
    )
    job_id: Mapped[uuid.UUID | None]
    state: Mapped[RunState] = mapped_column(status_enum(RunState), default=RunState.QUEUED)
    mode: Mapped[RunMode] = mapped_column(status_enum(RunMode), default=RunMode.FULL)
    seed: Mapped[int] = mapped_column(default=0)
    time_limit_seconds: Mapped[int] = mapped_column(default=30)
    based_on: Mapped[int] = mapped_column(default=0)
    requested: Mapped[int] = mapped_column(default=0)
    placed: Mapped[int] = mapped_column(default=0)
    value: Mapped[int] = mapped_column(default=0)
    bound: Mapped[int] = mapped_column(default=0)
    proved: Mapped[bool] = mapped_column(default=False)
    objectives: Mapped[dict[str, Any]] = mapped_column(default=dict)
    fairness: Mapped[dict[str, Any]] = mapped_column(default=dict)
    unplaced: Mapped[list[Any]] = mapped_column(JSON, default=list)
    reliefs: Mapped[list[Any]] = mapped_column(JSON, default=list)
    violations: Mapped[list[Any]] = mapped_column(JSON, default=list)
    progress: Mapped[list[Any]] = mapped_column(JSON, default=list)
    plan: Mapped[dict[str, Any]] = mapped_column(default=dict)
    is_stopping: Mapped[bool] = mapped_column(default=False)
    error: Mapped[str] = mapped_column(Text, default="")
    created_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    finished_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    assignments: Mapped[list["Assignment"]] = relationship(
        cascade="all, delete-orphan", back_populates="run"
    )


class Assignment(Base):
    """Where a run put one request. No link to the request's row: the run is history."""

    __tablename__ = "assignments"

    run_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("schedule_runs.id", ondelete="CASCADE"), primary_key=True
    )
    request_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    slot_id: Mapped[uuid.UUID]
    length: Mapped[int] = mapped_column(default=1)
    table_id: Mapped[uuid.UUID]
    interpreter_id: Mapped[uuid.UUID | None]

    run: Mapped[ScheduleRun] = relationship(back_populates="assignments")


class ScheduleVersion(Base):
    """A published schedule. `Event.schedule_version` names the one in force."""

    __tablename__ = "schedule_versions"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    number: Mapped[int]
    run_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("schedule_runs.id"))
    reverts_to: Mapped[int | None]
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    published_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    published_at: Mapped[datetime] = mapped_column(default=clock.now)

    event: Mapped[Event] = relationship()
    run: Mapped[ScheduleRun | None] = relationship()


class NightlyRun(Base):
    """An event whose schedule is looked at every night, at `at` in the event's zone."""

    __tablename__ = "nightly_runs"

    event_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[time]
    time_limit_seconds: Mapped[int] = mapped_column(default=120)
    due_at: Mapped[datetime]

    event: Mapped[Event] = relationship()
