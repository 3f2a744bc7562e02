"""What this feature adds to the pages of lower ones."""

from flask import render_template

from matchmaking.privacy.access import is_owner
from matchmaking.privacy.forms import NoteForm
from matchmaking.registration.access import may_edit
from matchmaking.registration.models import Registration
from matchmaking.web.panels import panel


@panel("my_page_end", order=10)
def my_data(registration: Registration) -> str:
    """The way to one's own data, whatever became of the registration."""
    return render_template("privacy/_my_page.html", registration=registration)


@panel("users", order=10)
def data_of_people(_nothing: None) -> str:
    """The way of an administrator to a person's data at all events."""
    return render_template("privacy/_users.html")


@panel("desk_delegate", order=10)
def data_of(registration: Registration) -> str:
    """For the office: note what the person asks, make a copy for them."""
    event = registration.event
    if registration.is_erased or not may_edit(event):
        return ""
    return render_template(
        "privacy/_delegate.html",
        registration=registration,
        event=event,
        form=NoteForm(formdata=None),
        is_owner=is_owner(event),
    )
