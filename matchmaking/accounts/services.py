"""Signing in and out, accounts, invitations."""

from matchmaking.accounts.models import User
from matchmaking.core.codes import new_token


def sign_out_everywhere(user: User) -> None:
    """End every session this user has, on every device."""
    user.session_key = new_token()
