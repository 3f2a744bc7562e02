"""Ticket types and delegates. Rows are written directly: a demo of 650 people sends no mail."""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import insert, select

from matchmaking import reference
from matchmaking.cli.demo.people import People, Person
from matchmaking.core import clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.codes import new_code, new_id
from matchmaking.core.database import db
from matchmaking.events.models import AgendaSession, Event
from matchmaking.registration.models import (
    Attendance,
    Badge,
    Consent,
    Registration,
    RegistrationStatus,
    SessionSignUp,
    TicketType,
)
from matchmaking.registration.purposes import BY_CODE, PROCESSING, SHARE_CONTACT
from matchmaking.registration.services.registering import put_in_order

PLACES = {"vip": 60, "delegate": 400, "business_vn": 220, "business_foreign": 200, "press": 40}
LISTED = ("delegate", "business_vn", "business_foreign", "press")
BY_APPROVAL = ("vip", "press")
OTHERS = (
    ("vip", "VN", 12, ("UBND tỉnh Thanh Hóa", "Bộ Ngoại giao", "Văn phòng Chính phủ")),
    ("diplomatic", "KR", 10, ("Embassy of the Republic of Korea", "KOTRA Hanoi")),
    ("delegate", "VN", 141, (
        "Sở Công Thương Thanh Hóa", "Sở Ngoại vụ Nghệ An", "Sở Kế hoạch và Đầu tư Ninh Bình",
        "Ban Quản lý KKT Nghi Sơn và các KCN", "UBND thành phố Hải Phòng", "Sở Ngoại vụ Hà Tĩnh",
        "Trung tâm Xúc tiến đầu tư Quảng Ninh", "Hiệp hội Doanh nghiệp tỉnh Thanh Hóa",
    )),
    ("delegate", "KR", 24, ("Korea Chamber of Business in Vietnam", "KOICA Vietnam")),
    ("speaker", "VN", 9, ("Đại học Hồng Đức", "Viện Nghiên cứu quản lý kinh tế Trung ương")),
    ("speaker", "KR", 5, ("Korea Development Institute",)),
    ("press", "VN", 22, ("Báo Thanh Hóa", "Đài Truyền hình Việt Nam", "Thông tấn xã Việt Nam")),
    ("guest", "VN", 30, ("Hội Hữu nghị Việt Nam – Hàn Quốc", "Hội Doanh nhân trẻ Thanh Hóa")),
    ("organizer", "VN", 18, ("Sở Ngoại vụ Thanh Hóa",)),
    ("staff", "VN", 16, ("Tổ lễ tân",)),
    ("volunteer", "VN", 20, ("Đại học Hồng Đức",)),
    ("interpreter", "VN", 16, ("Tổ phiên dịch",)),
    ("security", "VN", 10, ("Công an tỉnh Thanh Hóa",)),
    ("medical", "VN", 4, ("Bệnh viện Đa khoa tỉnh Thanh Hóa",)),
)  # fmt: skip
DELEGATIONS = {
    "Embassy of the Republic of Korea": "Embassy of the Republic of Korea",
    "KOTRA Hanoi": "KOTRA",
    "KOICA Vietnam": "KOICA",
    "Sở Ngoại vụ Nghệ An": "Tỉnh Nghệ An",
    "Sở Kế hoạch và Đầu tư Ninh Bình": "Tỉnh Ninh Bình",
    "UBND thành phố Hải Phòng": "Thành phố Hải Phòng",
    "Sở Ngoại vụ Hà Tĩnh": "Tỉnh Hà Tĩnh",
    "Trung tâm Xúc tiến đầu tư Quảng Ninh": "Tỉnh Quảng Ninh",
}
JOBS = {
    "VN": ("Giám đốc", "Phó Giám đốc", "Trưởng phòng", "Chuyên viên", "Trưởng phòng Đối ngoại"),
    "KR": ("General Manager", "Director", "Sales Manager", "CEO"),
}
DIETS = ("none", "vegetarian", "halal", "no_seafood")


def load_ticket_types(event: Event) -> dict[str, TicketType]:
    """One ticket type for each badge type, by code."""
    online = ["in_person", "online"] if event.has("livestream") else ["in_person"]
    types = {}
    for position, badge in enumerate(reference.badge_types()):
        types[badge.code] = TicketType(
            event=event,
            code=badge.code,
            badge_type=badge.code,
            name=Bilingual(badge.labels.vi, badge.labels.en),
            colour=badge.colour,
            places=PLACES.get(badge.code),
            attendances=online if badge.code == "delegate" else ["in_person"],
            needs_approval=badge.code in BY_APPROVAL,
            has_waiting_list=badge.code == "delegate",
            is_listed=badge.code in LISTED,
            meets_companies=badge.code.startswith("business_"),
            position=position,
        )
    db.session.add_all(types.values())
    db.session.flush()
    return types


def add_delegate(
    ticket_type: TicketType, person: Person, *, organization: str, job_title: str, people: People
) -> Registration:
    """A confirmed delegate with a badge, registered some day of the past six weeks."""
    registered_at = clock.now() - timedelta(minutes=people.random.randrange(60, 60 * 24 * 42))
    registration = Registration(
        id=new_id(),
        event_id=ticket_type.event_id,
        ticket_type_id=ticket_type.id,
        code=new_code(),
        status=RegistrationStatus.CONFIRMED,
        attendance=Attendance.IN_PERSON,
        full_name=person.full_name,
        email=person.email,
        organization=organization,
        job_title=job_title,
        country=person.country,
        language=person.language,
        phone="",
        delegation=DELEGATIONS.get(organization, ""),
        answers={"diet": people.random.choice(DIETS)} if people.random.random() < 0.3 else {},
        registered_at=registered_at,
        confirmed_at=registered_at,
    )
    put_in_order(registration)
    registration.badges.append(
        Badge(event_id=registration.event_id, code=secrets.token_hex(16), issued_at=registered_at)
    )
    db.session.add(registration)
    ticket_type.used += 1
    return registration


def give_consents() -> None:
    """Everyone loaded so far agreed, when they registered, to what a meeting needs."""
    rows = db.session.execute(select(Registration.id, Registration.registered_at))
    consents = [
        {
            "id": new_id(),
            "registration_id": registration_id,
            "purpose": purpose,
            "wording": BY_CODE[purpose].wording,
            "given_at": registered_at,
        }
        for registration_id, registered_at in rows
        for purpose in (PROCESSING, SHARE_CONTACT)
    ]
    db.session.execute(insert(Consent), consents)


def load_others(
    types: dict[str, TicketType], people: People, *, share: float = 1.0
) -> list[Registration]:
    """Everyone who does not come for a company; `share` makes a smaller event of it."""
    loaded = []
    for code, country, number, organizations in OTHERS:
        for _ in range(round(number * share)):
            person = people.person(country)
            loaded.append(
                add_delegate(
                    types[code],
                    person,
                    organization=people.random.choice(organizations),
                    job_title=people.random.choice(JOBS[country]),
                    people=people,
                )
            )
    return loaded


def add_pending(types: dict[str, TicketType], people: People) -> None:
    """Some who wait for the organizer's word, some who cancelled: what a real desk shows."""
    for code, status in [("press", RegistrationStatus.PENDING)] * 5 + [
        ("delegate", RegistrationStatus.CANCELLED)
    ] * 6:
        delegate = add_delegate(
            types[code],
            people.person("VN"),
            organization="Báo Đầu tư" if code == "press" else "Sở Tài chính Thanh Hóa",
            job_title="Phóng viên" if code == "press" else "Chuyên viên",
            people=people,
        )
        delegate.status = status
        delegate.confirmed_at = None
        delegate.cancelled_at = clock.now() if status is RegistrationStatus.CANCELLED else None
        types[code].used -= 1
        for badge in delegate.badges:
            badge.revoked_at = clock.now()


def sign_up_some(
    delegates: Iterable[Registration], sessions: list[AgendaSession], people: People
) -> None:
    """About a third of the delegates choose one session each, never more than it holds."""
    taken = dict.fromkeys((session.id for session in sessions), 0)
    for delegate in delegates:
        session = people.random.choice(sessions)
        room = session.capacity is None or taken[session.id] < session.capacity
        if people.random.random() < 0.35 and room:
            taken[session.id] += 1
            db.session.add(SessionSignUp(registration_id=delegate.id, session_id=session.id))
