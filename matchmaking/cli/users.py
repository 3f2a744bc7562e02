"""flask users: the accounts of this installation, for whoever runs its server."""

import click
from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask.cli import AppGroup

from matchmaking.accounts import queries, services
from matchmaking.accounts.links import link_address
from matchmaking.accounts.models import OneTimeLink, User
from matchmaking.core.database import db, transaction
from matchmaking.web.settings import settings

group = AppGroup("users", help="Accounts of people who sign in.")


@group.command("create-admin")
@click.argument("email")
@click.argument("name")
def create_admin(email: str, name: str) -> None:
    """Make EMAIL an administrator called NAME; print the link that lets them in once."""
    try:
        address = validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as fault:
        raise click.BadParameter(str(fault)) from fault
    with transaction():
        link = services.create_administrator(address, name)
    _print_link(link)


@group.command("list")
@click.option("--search", default="", help="Part of a name or an address, without diacritics.")
def list_users(search: str) -> None:
    """List everybody by given name."""
    for user in db.session.scalars(queries.users(search)):
        click.echo(f"{user.email}\t{user.full_name}\t{_state(user)}")


@group.command("reset")
@click.argument("email")
def reset(email: str) -> None:
    """End every session of EMAIL, forget the password, print a link to come in once."""
    user = queries.user_with_email(email)
    if user is None or not user.is_active:
        raise click.ClickException(f"There is no open account for {email}.")
    with transaction():
        link = services.reset_account(user)
    _print_link(link)


def _state(user: User) -> str:
    if not user.is_active:
        return "closed"
    return "administrator" if user.is_administrator else "open"


def _print_link(link: OneTimeLink) -> None:
    """The link alone on the last line, for scripts."""
    click.echo("This link works once, for 7 days:")
    with current_app.test_request_context(base_url=settings().base_url):
        click.echo(link_address(link.id))
