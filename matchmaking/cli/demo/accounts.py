"""One sign-in for each role. The password is printed at every start: demo data only."""

from dataclasses import dataclass

from argon2 import PasswordHasher

from matchmaking.accounts.models import User
from matchmaking.core.database import db
from matchmaking.core.text import name_sort_key
from matchmaking.events.models import Event, EventMember, MemberRole

PASSWORD = "hoa sen ven sông Mã"


@dataclass(frozen=True)
class Account:
    email: str
    full_name: str
    role: MemberRole | None
    what: str


ACCOUNTS = (
    Account("admin@example.com", "Lê Quang Vinh", None, "administrator"),
    Account("chutri@example.com", "Trịnh Thị Hồng Nhung", MemberRole.OWNER, "organizer (owner)"),
    Account("bientap@example.com", "Đỗ Minh Khôi", MemberRole.EDITOR, "organizer (editor)"),
    Account("theodoi@example.com", "Phạm Thu Hà", MemberRole.VIEWER, "organizer (viewer)"),
    Account("cong@example.com", "Hoàng Gia Bảo", MemberRole.GATE, "gate staff"),
)
REPRESENTATIVES = (
    ("daidien@example.com", "company representative, local"),
    ("kim@example.com", "company representative, foreign"),
)


def load_accounts(events: list[Event]) -> dict[str, User]:
    """The accounts by e-mail, members of every event in their role."""
    password_hash = PasswordHasher().hash(PASSWORD)
    users = {}
    for account in ACCOUNTS:
        user = User(
            email=account.email,
            full_name=account.full_name,
            sort_name=name_sort_key(account.full_name),
            password_hash=password_hash,
            is_administrator=account.role is None,
        )
        db.session.add(user)
        db.session.flush()
        users[account.email] = user
        if account.role is not None:
            for event in events:
                db.session.add(EventMember(event=event, user=user, role=account.role))
    return users


def add_representative_account(email: str, full_name: str, language: str) -> None:
    """An account for a delegate with this address, who speaks for a company."""
    db.session.add(
        User(
            email=email,
            full_name=full_name,
            sort_name=name_sort_key(full_name),
            language=language,
            password_hash=PasswordHasher().hash(PASSWORD),
        )
    )
