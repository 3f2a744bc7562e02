"""A delegate with an account comes home to their own page."""

from flask import url_for

from matchmaking.accounts.models import User
from matchmaking.registration.queries import latest_registration
from matchmaking.web.homes import home


@home(50)
def delegates_home(user: User) -> str | None:
    registration = latest_registration(user.email)
    return url_for("registration.show", code=registration.code) if registration else None
