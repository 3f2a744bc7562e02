"""Add gates and scans."""

import sqlalchemy as sa
from alembic import op

revision = "0007_checkin"
down_revision = "0006_meetings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
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
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("first_scan_id", sa.Uuid(), nullable=True),
        sa.Column("undoes_id", sa.Uuid(), nullable=True),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("scanned_by_id", sa.Uuid(), nullable=True),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
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
        sa.ForeignKeyConstraint(["undoes_id"], ["scans.id"], name=op.f("fk_scans_undoes_id_scans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scans")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_scans_undoes_id")),
    )
    with op.batch_alter_table("scans", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scans_event_id_scanned_at"), ["event_id", "scanned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_scans_registration_id_scanned_at"),
            ["registration_id", "scanned_at"],
            unique=False,
        )

    op.create_table(
        "presences",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_presences_registration_id_registrations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["scans.id"], name=op.f("fk_presences_scan_id_scans")),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_presences")),
    )


def downgrade() -> None:
    op.drop_table("presences")
    with op.batch_alter_table("scans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scans_registration_id_scanned_at"))
        batch_op.drop_index(batch_op.f("ix_scans_event_id_scanned_at"))

    op.drop_table("scans")
    op.drop_table("gates")
