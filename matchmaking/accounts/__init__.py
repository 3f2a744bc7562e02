"""People who sign in: users, passwords, one-time links, invitations."""

from types import ModuleType

from flask import Flask

from matchmaking.core.i18n import _l
from matchmaking.web.site import site_link


def init_app(app: Flask) -> None:
    from matchmaking.accounts import access, letters, words  # noqa: F401
    from matchmaking.accounts.views import account, confirming, second_step, signing_in, users

    app.before_request(access.name_actor)
    app.after_request(access.keep_private)
    app.context_processor(lambda: {"signed_in_user": access.signed_in_user()})
    for part in (signing_in, account, confirming, second_step, users):
        app.register_blueprint(part.bp)
    _add_site_links(access)


def _add_site_links(access: ModuleType) -> None:
    def is_administrator() -> bool:
        user = access.signed_in_user()
        return user is not None and user.is_administrator

    site_link(80, _l("Users"), "users.index", shown=is_administrator)
    site_link(90, _l("Account"), "account.show", shown=lambda: bool(access.signed_in_user()))
    site_link(90, _l("Sign in"), "accounts.sign_in", shown=lambda: not access.signed_in_user())
