"""The mails of this feature."""

from matchmaking.accounts.letters import link_letter
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.outbox import Letter, OutgoingMail, letter
from matchmaking.events.models import MemberRole
from matchmaking.events.roles import ROLE_TASKS


@letter("events.member_invitation")
def member_invitation(mail: OutgoingMail) -> Letter | None:
    event = Bilingual.from_json(mail.about["event"]).in_(mail.language)
    task = ROLE_TASKS[MemberRole(mail.about["role"])]
    return link_letter("events/member_invitation", mail, event=event, task=task)
