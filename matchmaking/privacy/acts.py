"""What the history says about personal data, in sentences."""

from matchmaking.core.i18n import _l
from matchmaking.privacy.words import KINDS
from matchmaking.web.acts import act, kind_of_acts

ASKED = {kind.value: name for kind, name in KINDS.items()}


def declare() -> None:
    kind_of_acts("personal_data", _l("Personal data"))
    act("personal_data.asked", _l("A delegate asked: %(kind)s"), kind=ASKED)
    act("personal_data.done", _l("%(actor)s did what a delegate asked: %(kind)s"), kind=ASKED)
    act(
        "personal_data.refused", _l("%(actor)s refused what a delegate asked: %(kind)s"), kind=ASKED
    )
    act("personal_data.copied", _l("%(actor)s made a copy of the data of this person"))
    act("personal_data.kept_for", _l("%(actor)s set how long people are kept: %(months)s months"))
    act("personal_data.let_go", _l("Kept long enough: data of %(count)s people erased"))
    kind_of_acts("breach", _l("Breaches"))
    act("breach.noted", _l("%(actor)s noted a breach"))
    act("breach.changed", _l("%(actor)s wrote down what is known of a breach"))
    act("breach.list_taken_out", _l("%(actor)s took out the list of %(count)s people concerned"))
    act("registration.erased", _l("Data of this person erased"))
    act("interpreter.erased", _l("Data of this interpreter erased"))
    act("session.speaker_erased", _l("%(actor)s erased the data of a speaker"))
    act("user.erased", _l("Data of this account erased"))
