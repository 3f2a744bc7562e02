import sqlalchemy as sa

from matchmaking.core.database import db
from matchmaking.core.versions import needed_version


def stamp(version: str) -> None:
    table = sa.Table("alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32)))
    table.create(db.session.connection())
    db.session.execute(table.insert().values(version_num=version))
    db.session.commit()


def unstamp() -> None:
    db.session.execute(sa.text("DROP TABLE alembic_version"))
    db.session.commit()


def test_process_says_that_it_answers(visitor):
    assert visitor.get("/healthz").json == {"status": "ok"}


def test_installation_is_ready_when_its_database_is_at_the_needed_version(visitor):
    stamp(needed_version())

    answer = visitor.get("/readyz")

    unstamp()
    assert (answer.status_code, answer.json) == (
        200,
        {"status": "ok", "jobs": {"waiting": 0, "oldest_seconds": 0}},
    )


def test_installation_is_not_ready_before_its_database_is_brought_up_to_date(visitor):
    stamp("0001")

    answer = visitor.get("/readyz")

    unstamp()
    assert (answer.status_code, answer.json["database"]) == (503, "needs flask db upgrade")
