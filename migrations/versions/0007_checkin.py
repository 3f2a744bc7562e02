"""Add gates, their devices, scans and what becomes of them."""

import sqlalchemy as sa
from alembic import op

revision = "0007_checkin"
down_revision = "0006_meetings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gate_devices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("gates", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("enrolment_hash", sa.String(length=64), nullable=True),
        sa.Column("enrol_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("synced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("snapshot_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("queue", sa.Integer(), nullable=False),
        sa.Column("battery", sa.Integer(), nullable=True),
        sa.Column("app", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name=op.f("fk_gate_devices_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_devices")),
        sa.UniqueConstraint("enrolment_hash", name=op.f("uq_gate_devices_enrolment_hash")),
    )
    with op.batch_alter_table("gate_devices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gate_devices_event_id"), ["event_id"], unique=False)

    op.create_table(
        "gates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "rule",
            sa.Enum(
                "venue",
                "room",
                "many",
                "daily",
                "once",
                name="entryrule",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("admits", sa.JSON(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=True),
        sa.Column("closes", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_gates_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gates")),
        sa.UniqueConstraint("event_id", "code", name=op.f("uq_gates_event_id_code")),
    )
    op.create_table(
        "scans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("badge_id", sa.Uuid(), nullable=True),
        sa.Column("gate", sa.String(length=40), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column(
            "rule",
            sa.Enum(
                "venue",
                "room",
                "many",
                "daily",
                "once",
                name="entryrule",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column(
            "direction",
            sa.Enum(
                "entry",
                "exit",
                "void",
                name="direction",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("presented", sa.String(length=64), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "admitted",
                "duplicate",
                "refused",
                "held",
                "voided",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "unknown",
                "bad_signature",
                "other_event",
                "cancelled",
                "revoked",
                "not_confirmed",
                "not_yet_valid",
                "no_longer_valid",
                "wrong_gate",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("first_scan_id", sa.Uuid(), nullable=True),
        sa.Column("is_conflict", sa.Boolean(), nullable=False),
        sa.Column("undoes_id", sa.Uuid(), nullable=True),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("device_name", sa.String(length=80), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("scanned_by_id", sa.Uuid(), nullable=True),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clock_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("elapsed_ms", sa.Integer(), nullable=True),
        sa.Column("snapshot_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shown", sa.String(length=12), nullable=False),
        sa.Column("app", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["badge_id"], ["badges.id"], name=op.f("fk_scans_badge_id_badges"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_scans_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["first_scan_id"], ["scans.id"], name=op.f("fk_scans_first_scan_id_scans")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_scans_registration_id_registrations"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["scanned_by_id"], ["users.id"], name=op.f("fk_scans_scanned_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scans")),
    )
    with op.batch_alter_table("scans", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scans_event_id_received_at"), ["event_id", "received_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_scans_event_id_scanned_at"), ["event_id", "scanned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_scans_registration_id_scanned_at"),
            ["registration_id", "scanned_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_scans_undoes_id"), ["undoes_id"], unique=False)

    op.create_table(
        "conflict_decisions",
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column(
            "settlement",
            sa.Enum(
                "same_person",
                "new_badge",
                "taken_back",
                name="settlement",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["users.id"], name=op.f("fk_conflict_decisions_decided_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["scan_id"],
            ["scans.id"],
            name=op.f("fk_conflict_decisions_scan_id_scans"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("scan_id", name=op.f("pk_conflict_decisions")),
    )
    op.create_table(
        "vip_receptions",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("received_by_id", sa.Uuid(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["received_by_id"], ["users.id"], name=op.f("fk_vip_receptions_received_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_vip_receptions_registration_id_registrations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", "day", name=op.f("pk_vip_receptions")),
    )
    op.create_table(
        "vip_watchers",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name=op.f("fk_vip_watchers_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_vip_watchers_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "user_id", name=op.f("pk_vip_watchers")),
    )
    op.create_table(
        "presences",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_presences_registration_id_registrations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["scans.id"], name=op.f("fk_presences_scan_id_scans")),
        sa.PrimaryKeyConstraint("registration_id", "zone", name=op.f("pk_presences")),
    )
    op.create_table(
        "scan_releases",
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("released_by_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["users.id"], name=op.f("fk_scan_releases_released_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["scan_id"],
            ["scans.id"],
            name=op.f("fk_scan_releases_scan_id_scans"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("scan_id", name=op.f("pk_scan_releases")),
    )
    op.create_table(
        "walk_ins",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("gate", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("device_name", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name=op.f("fk_walk_ins_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["id"],
            ["registrations.id"],
            name=op.f("fk_walk_ins_id_registrations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk_ins")),
    )
    with op.batch_alter_table("walk_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_walk_ins_event_id"), ["event_id"], unique=False)

    op.create_table(
        "scan_revisions",
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "admitted",
                "duplicate",
                "refused",
                "held",
                "voided",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("first_scan_id", sa.Uuid(), nullable=True),
        sa.Column("is_conflict", sa.Boolean(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_scan_id"], ["scans.id"], name=op.f("fk_scan_revisions_first_scan_id_scans")
        ),
        sa.ForeignKeyConstraint(
            ["scan_id"],
            ["scans.id"],
            name=op.f("fk_scan_revisions_scan_id_scans"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("scan_id", name=op.f("pk_scan_revisions")),
    )

    op.create_table(
        "scan_joins",
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["scan_id"],
            ["scans.id"],
            name=op.f("fk_scan_joins_scan_id_scans"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("scan_id", name=op.f("pk_scan_joins")),
    )


def downgrade() -> None:
    with op.batch_alter_table("walk_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_walk_ins_event_id"))

    op.drop_table("walk_ins")
    op.drop_table("scan_joins")
    op.drop_table("scan_revisions")
    op.drop_table("scan_releases")
    op.drop_table("presences")
    op.drop_table("vip_watchers")
    op.drop_table("vip_receptions")
    op.drop_table("conflict_decisions")
    with op.batch_alter_table("scans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scans_undoes_id"))
        batch_op.drop_index(batch_op.f("ix_scans_registration_id_scanned_at"))
        batch_op.drop_index(batch_op.f("ix_scans_event_id_scanned_at"))
        batch_op.drop_index(batch_op.f("ix_scans_event_id_received_at"))

    op.drop_table("scans")
    op.drop_table("gates")
    with op.batch_alter_table("gate_devices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gate_devices_event_id"))

    op.drop_table("gate_devices")
