import sqlalchemy as sa

from matchmaking.core.codes import new_id
from matchmaking.core.database import db
from matchmaking.core.together import insert_together, keep_in_session
from matchmaking.registration.models import ONE_LIVING, Badge, Registration, RegistrationStatus
from matchmaking.registration.services.badges import new_badge
from tests.factories import make_registration, make_ticket_type


def new_person(kind, email):
    return Registration(
        id=new_id(),
        event_id=kind.event_id,
        ticket_type_id=kind.id,
        status=RegistrationStatus.CONFIRMED,
        full_name="Đỗ Thị Ánh “Sen”",
        sort_name="anh",
        search_text="do thi anh",
        email=email,
        answers={"diet": ["chay", 'không "hải sản"'], "": None},
    )


def columns_of(row):
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}


def test_rows_of_several_tables_are_kept_as_they_were_made(app):
    one = new_person(make_ticket_type(), "anh@example.com")
    badges = [new_badge(one), new_badge(one)]

    assert insert_together(one, badges, unless=ONE_LIVING)

    made = columns_of(one)
    kept = db.session.scalars(sa.select(Registration).options(sa.orm.undefer("*"))).one()
    assert columns_of(kept) == made
    codes = sa.select(Badge.code, Badge.prints).where(Badge.registration_id == one.id)
    assert {*db.session.execute(codes)} == {(badge.code, 0) for badge in badges}


def test_what_goes_with_a_row_is_not_kept_when_its_place_is_taken(app):
    earlier = make_registration(email="anh@example.com")
    one = new_person(earlier.ticket_type, "anh@example.com")

    assert not insert_together(one, [new_badge(one)], unless=ONE_LIVING)

    assert db.session.scalars(sa.select(Registration)).all() == [earlier]
    assert db.session.scalar(sa.select(Badge).where(Badge.registration_id == one.id)) is None


def test_row_that_was_inserted_is_changed_like_any_other(app):
    one = new_person(make_ticket_type(), "anh@example.com")
    insert_together(one, [], unless=ONE_LIVING)

    keep_in_session(one)
    one.full_name = "Đỗ Thị Ánh"
    db.session.commit()

    assert db.session.scalars(sa.select(Registration.full_name)).all() == ["Đỗ Thị Ánh"]
    assert one.ticket_type.code
