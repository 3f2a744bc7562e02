"""How the organizer's forms are saved and answered."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.core.database import transaction
from matchmaking.core.errors import DomainError
from matchmaking.events.forms.conflict import Difference, differences
from matchmaking.events.forms.fields import VersionedForm
from matchmaking.events.models import Event
from matchmaking.events.services.trash import Removed, removed_from
from matchmaking.events.services.versions import ChangedMeanwhile
from matchmaking.web.forms import BaseForm, refuse


def is_saved(form: BaseForm, act: Callable[[], Any]) -> bool:
    """Whether the form was sent, is sound, and `act` was allowed and is committed.

    A refusal stands beside the field it is about, else above the form.
    """
    if not form.validate_on_submit():
        return False
    try:
        with transaction():
            act()
    except ChangedMeanwhile:
        raise
    except DomainError as error:
        put_beside(form, error)
        return False
    return True


def saved_over(
    form: VersionedForm, act: Callable[[], Any], stored: Callable[[], Mapping[str, Any]]
) -> tuple[bool, list[Difference]]:
    """Whether `act` saved the form; if a colleague saved first, both versions side by side.

    `stored` is what stands in the form's fields for the row as it is now.
    """
    try:
        return is_saved(form, act), []
    except ChangedMeanwhile:
        return False, differences(form, stored())


def put_beside(form: BaseForm, error: DomainError) -> None:
    about = getattr(error, "about", "")
    name = getattr(form, "fields_of_values", {}).get(about, about)
    if name in form:
        refuse(form[name], error)
    else:
        form.form_errors.append(str(error))


def status_of(form: BaseForm) -> int:
    return 422 if form.is_submitted() else 200


def removed_notice(event: Event) -> Removed | None:
    """What was removed a moment ago, for the notice that offers it back."""
    try:
        return removed_from(event, uuid.UUID(request.args.get("removed", "")))
    except ValueError:
        return None


def after_removing(
    event: Event, endpoint: str, remove: Callable[[], Removed]
) -> ResponseReturnValue:
    """Remove and show the list again, with the way back; or say why it cannot be."""
    try:
        with transaction():
            removed = remove()
    except DomainError as error:
        flash(str(error), "warning")
        return redirect(url_for(endpoint, slug=event.slug))
    return redirect(url_for(endpoint, slug=event.slug, removed=removed.id))
