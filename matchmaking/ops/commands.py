"""`flask worker`, `flask mail` and `flask clean-up`."""

import uuid
from datetime import timedelta
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import select

from matchmaking.core import clock, files, jobs
from matchmaking.core.database import db, transaction
from matchmaking.core.outbox import MailState, OutgoingMail
from matchmaking.core.upkeep import upkeep
from matchmaking.ops import mail, worker
from matchmaking.ops.carriers import EXTENSION, MailDirectory

mail_commands = AppGroup("mail", help="The mails that were sent and that wait.")


@click.command("worker", help="Run the background work: mails, documents, schedules.")
def worker_command() -> None:
    """Without an application context: the lanes' processes must not share a connection."""
    app: Flask = click.get_current_context().obj.load_app()
    worker.work(app)


@click.command("clean-up")
@click.option("--days", default=30, show_default=True, help="How long finished work is kept.")
def clean_up(days: int) -> None:
    """Remove what is no longer needed: files past their time, finished work."""
    with transaction():
        files.remove_expired()
        upkeep.send()
        removed = jobs.remove_finished(before=clock.now() - timedelta(days=days))
    click.echo(f"removed {removed} finished jobs and all files past their time")


@mail_commands.command("list")
@click.option("--state", type=click.Choice([state.value for state in MailState]))
@click.option("--limit", default=30, show_default=True)
def list_mails(state: str | None, limit: int) -> None:
    """The newest mails, and the file of each where there is one."""
    query = select(OutgoingMail).order_by(OutgoingMail.queued_at.desc(), OutgoingMail.id.desc())
    if state:
        query = query.where(OutgoingMail.state == MailState(state))
    for row in db.session.scalars(query.limit(limit)):
        click.echo(f"{row.queued_at:%Y-%m-%d %H:%M}  {row.state.value:<7} {row.recipient}")
        click.echo(f"    {row.subject or row.letter}  {row.error}".rstrip())
        if path := _file_of(row):
            click.echo(f"    {path}")


@mail_commands.command("send-again")
@click.argument("mail_id", type=click.UUID)
def send_again(mail_id: uuid.UUID) -> None:
    """Queue one mail once more, by its id."""
    with transaction():
        row = db.session.get(OutgoingMail, mail_id)
        if row is None:
            raise click.ClickException("there is no mail of this id")
        mail.send_again(row)


def _file_of(row: OutgoingMail) -> Path | None:
    carrier = current_app.extensions[EXTENSION]
    if not isinstance(carrier, MailDirectory):
        return None
    path = carrier.path_of(str(row.id))
    return path if path.exists() else None
