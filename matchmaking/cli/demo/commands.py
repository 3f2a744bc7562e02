"""flask demo: load the demo events, print how to sign in."""

import click
from flask.cli import AppGroup
from sqlalchemy import func, select

from matchmaking.accounts.models import User
from matchmaking.cli.demo.accounts import ACCOUNTS, PASSWORD, REPRESENTATIVES
from matchmaking.core.database import db, transaction
from matchmaking.events.models import Event
from matchmaking.web.settings import settings

demo = AppGroup("demo", help="Events to try everything on. Never on a real installation.")


@demo.command("load")
@click.option("--if-empty", is_flag=True, help="Load nothing when the database has any data.")
def load(if_empty: bool) -> None:
    """Load three events with 174 companies and 650 delegates; print how to sign in."""
    if _is_empty():
        _load()
    elif not if_empty:
        raise click.ClickException(
            "The database is not empty. Demo data goes only into an empty one."
        )
    _print_sign_ins()


@demo.command("accounts")
def accounts() -> None:
    """Print the address and one ready sign-in for each role, if the demo is loaded."""
    _print_sign_ins()


def _load() -> None:
    from matchmaking.cli.demo.load import load_everything  # noqa: PLC0415  no other process needs it

    click.echo("· Loading the demo events")
    with transaction():
        figures = load_everything()
    for name, number in figures.items():
        click.echo(f"    {number:>5} {name}")


def _print_sign_ins() -> None:
    emails = [account.email for account in ACCOUNTS]
    if not db.session.scalar(select(func.count(User.id)).where(User.email.in_(emails))):
        return
    click.echo(f"\n  {settings().base_url}   —   password for all: {PASSWORD}\n")
    for email, what in [(account.email, account.what) for account in ACCOUNTS] + list(
        REPRESENTATIVES
    ):
        click.echo(f"    {what:<34} {email}")
    click.echo("\n  Delegates need no account. These sign-ins exist in demo data only.\n")


def _is_empty() -> bool:
    rows = (select(func.count(model.id)) for model in (User, Event))
    return not any(db.session.scalar(query) for query in rows)
