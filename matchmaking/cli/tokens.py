"""flask tokens: keys with which other programs use the API."""

import uuid
from collections.abc import Sequence

import click
from flask.cli import AppGroup
from sqlalchemy import select

from matchmaking.core.database import db, transaction
from matchmaking.events.models import ApiToken, Event, TokenScope
from matchmaking.events.services import tokens

group = AppGroup("tokens", help="Keys with which other programs use the API.")


def _the_only(_context: click.Context, _option: click.Parameter, scopes: Sequence[str]) -> str:
    """A second one would take the place of the first without a word."""
    if len(scopes) > 1:
        raise click.BadParameter("A token has one scope. Make one token for each program.")
    return scopes[0]


@group.command("create")
@click.argument("event_slug")
@click.option(
    "--scope",
    type=click.Choice([scope.value for scope in TokenScope]),
    required=True,
    multiple=True,
    callback=_the_only,
    help="What it may do; a token has one.",
)
@click.option("--name", required=True, help="What it is for: the list shows it.")
def create(event_slug: str, scope: str, name: str) -> None:
    """Make a token for EVENT_SLUG; print it once, alone on the last line."""
    event = _event(event_slug)
    with transaction():
        token, secret = tokens.create_token(event, scope=TokenScope(scope), name=name)
    click.echo(f"{token.id}: {token.name}, {token.scope.value}. It is shown this once:")
    click.echo(secret)


@group.command("list")
@click.argument("event_slug")
def list_tokens(event_slug: str) -> None:
    """List the tokens of EVENT_SLUG, the newest first."""
    for token in tokens.tokens_of(_event(event_slug)):
        state = "revoked" if token.is_revoked else "valid"
        click.echo(f"{token.id}\t{token.scope.value}\t{state}\t{token.name}")


@group.command("revoke")
@click.argument("token")
def revoke(token: str) -> None:
    """End TOKEN, named by the id that `list` shows or by itself."""
    found = _found(token)
    if found is None:
        raise click.ClickException("There is no such token.")
    with transaction():
        tokens.revoke_token(found)
    click.echo(f"{found.name} opens nothing any more.")


def _event(slug: str) -> Event:
    event = db.session.scalar(select(Event).where(Event.slug == slug))
    if event is None:
        raise click.ClickException(f"There is no event {slug}.")
    return event


def _found(token: str) -> ApiToken | None:
    if token.startswith(tokens.PREFIX):
        return tokens.token_of(token)
    try:
        return tokens.token_with_id(uuid.UUID(token))
    except ValueError:
        return None
