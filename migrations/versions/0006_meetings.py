"""Add slots, tables, requests, meetings and schedules."""

import sqlalchemy as sa
from alembic import op

revision = "0006_meetings"
down_revision = "0005_companies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "schedule_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "running",
                "done",
                "failed",
                name="runstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "mode",
            sa.Enum(
                "full",
                "nightly",
                "what_if",
                "repair",
                "bottlenecks",
                name="runmode",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("time_limit_seconds", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("requested", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("bound", sa.Integer(), nullable=False),
        sa.Column("proved", sa.Boolean(), nullable=False),
        sa.Column("objectives", sa.JSON(), nullable=False),
        sa.Column("fairness", sa.JSON(), nullable=False),
        sa.Column("unplaced", sa.JSON(), nullable=False),
        sa.Column("reliefs", sa.JSON(), nullable=False),
        sa.Column("violations", sa.JSON(), nullable=False),
        sa.Column("progress", sa.JSON(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("is_stopping", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["users.id"], name=op.f("fk_schedule_runs_created_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name=op.f("fk_schedule_runs_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule_runs")),
    )
    with op.batch_alter_table("schedule_runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_schedule_runs_event_id"), ["event_id"], unique=False)

    op.create_table(
        "assignments",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("slot_id", sa.Uuid(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Uuid(), nullable=False),
        sa.Column("interpreter_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["schedule_runs.id"],
            name=op.f("fk_assignments_run_id_schedule_runs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", "request_id", name=op.f("pk_assignments")),
    )
    op.create_table(
        "schedule_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column("reverts_to", sa.Integer(), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("published_by_id", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name=op.f("fk_schedule_versions_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["users.id"],
            name=op.f("fk_schedule_versions_published_by_id_users"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["schedule_runs.id"], name=op.f("fk_schedule_versions_run_id_schedule_runs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule_versions")),
        sa.UniqueConstraint(
            "event_id", "number", name=op.f("uq_schedule_versions_event_id_number")
        ),
    )
    op.create_table(
        "interpreters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("full_name", sa.String(length=120), nullable=False),
        sa.Column("sort_name", sa.String(length=250), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name=op.f("fk_interpreters_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_interpreters_registration_id_registrations"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpreters")),
    )
    with op.batch_alter_table("interpreters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interpreters_event_id"), ["event_id"], unique=False)

    op.create_table(
        "meeting_tables",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("hall_id", sa.Uuid(), nullable=True),
        sa.Column("booth_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_usable", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booth_id"],
            ["booths.id"],
            name=op.f("fk_meeting_tables_booth_id_booths"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name=op.f("fk_meeting_tables_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["hall_id"],
            ["halls.id"],
            name=op.f("fk_meeting_tables_hall_id_halls"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_tables")),
        sa.UniqueConstraint("booth_id", name=op.f("uq_meeting_tables_booth_id")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_meeting_tables_event_id_number")),
    )
    op.create_table(
        "slots",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_slots_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["agenda_sessions.id"],
            name=op.f("fk_slots_session_id_agenda_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slots")),
        sa.UniqueConstraint("event_id", "starts_at", name=op.f("uq_slots_event_id_starts_at")),
    )
    with op.batch_alter_table("slots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slots_session_id"), ["session_id"], unique=False)

    op.create_table(
        "table_outages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("table_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_table_outages_length")),
        sa.ForeignKeyConstraint(
            ["table_id"],
            ["meeting_tables.id"],
            name=op.f("fk_table_outages_table_id_meeting_tables"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_outages")),
    )
    with op.batch_alter_table("table_outages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_table_outages_table_id"), ["table_id"], unique=False)

    op.create_table(
        "interpreter_hours",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interpreter_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_interpreter_hours_length")),
        sa.ForeignKeyConstraint(
            ["interpreter_id"],
            ["interpreters.id"],
            name=op.f("fk_interpreter_hours_interpreter_id_interpreters"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpreter_hours")),
    )
    with op.batch_alter_table("interpreter_hours", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interpreter_hours_interpreter_id"), ["interpreter_id"], unique=False
        )

    op.create_table(
        "meeting_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("from_company_id", sa.Uuid(), nullable=False),
        sa.Column("to_company_id", sa.Uuid(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(length=1000), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "pending",
                "accepted",
                "declined",
                "withdrawn",
                name="requeststatus",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "from_company_id <> to_company_id", name=op.f("ck_meeting_requests_two_companies")
        ),
        sa.CheckConstraint("priority BETWEEN 1 AND 5", name=op.f("ck_meeting_requests_priority")),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name=op.f("fk_meeting_requests_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["from_company_id"],
            ["companies.id"],
            name=op.f("fk_meeting_requests_from_company_id_companies"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["to_company_id"],
            ["companies.id"],
            name=op.f("fk_meeting_requests_to_company_id_companies"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_requests")),
        sa.UniqueConstraint(
            "from_company_id",
            "to_company_id",
            name=op.f("uq_meeting_requests_from_company_id_to_company_id"),
        ),
    )
    with op.batch_alter_table("meeting_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meeting_requests_event_id_status"), ["event_id", "status"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_meeting_requests_to_company_id"), ["to_company_id"], unique=False
        )

    op.create_table(
        "meetings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("company_a_id", sa.Uuid(), nullable=False),
        sa.Column("company_b_id", sa.Uuid(), nullable=False),
        sa.Column("slot_id", sa.Uuid(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Uuid(), nullable=False),
        sa.Column("interpreter_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.String(length=3), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "scheduled",
                "cancelled",
                name="meetingstatus",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "origin",
            sa.Enum(
                "schedule",
                "instant",
                "organizer",
                name="meetingorigin",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "held",
                "no_show",
                name="meetingoutcome",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("outcome_note", sa.String(length=1000), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("told", sa.String(length=120), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("company_a_id <> company_b_id", name=op.f("ck_meetings_two_companies")),
        sa.CheckConstraint("length >= 1", name=op.f("ck_meetings_length")),
        sa.ForeignKeyConstraint(
            ["company_a_id"],
            ["companies.id"],
            name=op.f("fk_meetings_company_a_id_companies"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_b_id"],
            ["companies.id"],
            name=op.f("fk_meetings_company_b_id_companies"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name=op.f("fk_meetings_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["interpreter_id"],
            ["interpreters.id"],
            name=op.f("fk_meetings_interpreter_id_interpreters"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["meeting_requests.id"],
            name=op.f("fk_meetings_request_id_meeting_requests"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["slots.id"], name=op.f("fk_meetings_slot_id_slots")),
        sa.ForeignKeyConstraint(
            ["table_id"], ["meeting_tables.id"], name=op.f("fk_meetings_table_id_meeting_tables")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meetings_company_a_id"), ["company_a_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_meetings_company_b_id"), ["company_b_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_meetings_event_id_status"), ["event_id", "status"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_meetings_request_id"), ["request_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meetings_slot_id"), ["slot_id"], unique=False)

    op.create_table(
        "occupancies",
        sa.Column("slot_id", sa.Uuid(), nullable=False),
        sa.Column("resource", sa.String(length=60), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name=op.f("fk_occupancies_meeting_id_meetings"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["slots.id"], name=op.f("fk_occupancies_slot_id_slots")
        ),
        sa.PrimaryKeyConstraint("slot_id", "resource", name=op.f("pk_occupancies")),
    )
    with op.batch_alter_table("occupancies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_occupancies_meeting_id"), ["meeting_id"], unique=False)
    op.create_table(
        "board_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name=op.f("fk_board_changes_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_board_changes_made_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_changes")),
    )
    with op.batch_alter_table("board_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_board_changes_event_id"), ["event_id"], unique=False)

    op.create_table(
        "nightly_runs",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("time_limit_seconds", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name=op.f("fk_nightly_runs_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_nightly_runs")),
    )


def downgrade() -> None:
    op.drop_table("nightly_runs")
    with op.batch_alter_table("board_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_changes_event_id"))

    op.drop_table("board_changes")
    with op.batch_alter_table("occupancies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_occupancies_meeting_id"))

    op.drop_table("occupancies")
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meetings_slot_id"))
        batch_op.drop_index(batch_op.f("ix_meetings_request_id"))
        batch_op.drop_index(batch_op.f("ix_meetings_event_id_status"))
        batch_op.drop_index(batch_op.f("ix_meetings_company_b_id"))
        batch_op.drop_index(batch_op.f("ix_meetings_company_a_id"))

    op.drop_table("meetings")
    with op.batch_alter_table("meeting_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_requests_to_company_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_requests_event_id_status"))

    op.drop_table("meeting_requests")
    with op.batch_alter_table("interpreter_hours", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interpreter_hours_interpreter_id"))

    op.drop_table("interpreter_hours")
    with op.batch_alter_table("table_outages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_table_outages_table_id"))

    op.drop_table("table_outages")
    with op.batch_alter_table("slots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_slots_session_id"))

    op.drop_table("slots")
    op.drop_table("meeting_tables")
    with op.batch_alter_table("interpreters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interpreters_event_id"))

    op.drop_table("interpreters")
    op.drop_table("schedule_versions")
    op.drop_table("assignments")
    with op.batch_alter_table("schedule_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_schedule_runs_event_id"))

    op.drop_table("schedule_runs")
