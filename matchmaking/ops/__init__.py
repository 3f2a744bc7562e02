"""Running the platform: the worker, mail delivery, health."""

from flask import Flask

from matchmaking.config import Config
from matchmaking.core.i18n import _l
from matchmaking.web.desk import desk_item
from matchmaking.web.site import site_link


def init_app(app: Flask) -> None:
    from matchmaking.core import logs
    from matchmaking.core.database import db
    from matchmaking.ops import carriers, commands, lanes, mail, metrics, views  # noqa: F401
    from matchmaking.ops.backup.commands import backup_command, restore_command
    from matchmaking.ops.slow_queries import watch

    config: Config = app.extensions["gap-go"]
    app.extensions[carriers.EXTENSION] = carriers.carrier_of(config)
    if not config.testing:
        lanes.init_app(app, config)
        logs.configure(config.log_level)
    metrics.init_app(app)
    with app.app_context():
        watch(db.engine, config.slow_query_ms)
    app.register_blueprint(views.bp)
    app.cli.add_command(commands.worker_command)
    app.cli.add_command(commands.mail_commands)
    app.cli.add_command(commands.clean_up)
    app.cli.add_command(backup_command)
    app.cli.add_command(restore_command)
    desk_item(890, _l("Mails"), "ops.outbox", icon="mails", least_role="editor")
    _add_site_links()


def _add_site_links() -> None:
    from matchmaking.accounts.access import signed_in_user
    from matchmaking.ops.mailbox import is_open

    def is_administrator() -> bool:
        user = signed_in_user()
        return user is not None and user.is_administrator

    site_link(81, _l("Background work"), "ops.jobs", shown=is_administrator)
    site_link(85, _l("Mailbox"), "ops.mailbox", shown=is_open)
