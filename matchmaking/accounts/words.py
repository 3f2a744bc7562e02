"""What is done to accounts, in words."""

from matchmaking.core.i18n import _l
from matchmaking.web.acts import act, kind_of_acts

kind_of_acts("user", _l("Accounts"))
act(
    "user.signed_in",
    _l("%(actor)s signed in with %(by)s."),
    by={
        "password": _l("the password"),
        "link": _l("a mailed link"),
        "passkey": _l("a passkey"),
    },
)
act("user.invited", _l("%(actor)s invited %(name)s."))
act("user.changed", _l("%(actor)s changed the account of %(name)s."))
act("user.password_changed", _l("%(actor)s changed the password."))
act("user.signed_out_everywhere", _l("%(actor)s ended every session of this account."))
act("user.session_ended", _l("%(actor)s ended a session of this account."))
act("user.second_step_on", _l("%(actor)s turned the second step of signing in on."))
act("user.second_step_off", _l("%(actor)s turned the second step of signing in off."))
act("user.passkey_added", _l("%(actor)s added the passkey “%(name)s”."))
act("user.passkey_removed", _l("%(actor)s removed the passkey “%(name)s”."))
act("user.reset", _l("%(actor)s reset the account of %(name)s."))
act("user.administrator_made", _l("%(actor)s made %(name)s an administrator."))
act("user.administrator_unmade", _l("%(actor)s took administration away from %(name)s."))
act("user.closed", _l("%(actor)s closed the account of %(name)s."))
act("user.reopened", _l("%(actor)s opened the account of %(name)s again."))
