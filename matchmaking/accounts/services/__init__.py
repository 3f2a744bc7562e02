"""Signing in, passwords, one-time links, and who may have an account."""

from matchmaking.accounts.services.links import issue_link, use_link
from matchmaking.accounts.services.passwords import change_password
from matchmaking.accounts.services.people import (
    change_own_details,
    close_account,
    create_administrator,
    invite,
    make_administrator,
    reopen_account,
    reset_account,
    unmake_administrator,
)
from matchmaking.accounts.services.sessions import (
    close_session,
    open_session,
    sign_out_everywhere,
)
from matchmaking.accounts.services.signing_in import (
    mail_link,
    note_sign_in,
    user_with_password,
)

__all__ = [
    "change_own_details",
    "change_password",
    "close_account",
    "close_session",
    "create_administrator",
    "invite",
    "issue_link",
    "mail_link",
    "make_administrator",
    "note_sign_in",
    "open_session",
    "reopen_account",
    "reset_account",
    "sign_out_everywhere",
    "unmake_administrator",
    "use_link",
    "user_with_password",
]
