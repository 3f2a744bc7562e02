"""From a filled form to a kept company, or to a sentence beside the field it is about."""

from collections.abc import Callable

from matchmaking.companies import services
from matchmaking.companies.forms import CompanyForm
from matchmaking.companies.models import Company
from matchmaking.companies.services import Profile
from matchmaking.core.database import transaction
from matchmaking.core.errors import DomainError
from matchmaking.events.models import Event
from matchmaking.events.services.pictures import PictureRefused, PictureUse, store_picture
from matchmaking.web.forms import refuse

FIELDS = {
    "too_many_sectors": "offering",
    "absence_outside_event": "absences",
    "picture_refused": "logo",
}
"""Where a refusal is shown; any other is about the name."""


def saved(form: CompanyForm, event: Event, write: Callable[[Profile], Company]) -> Company | None:
    """The company with its profile, times and logo kept together; None when a rule refused."""
    try:
        with transaction():
            company = write(form.profile())
            services.set_absences(company, form.chosen_times())
            if form.logo.data:
                _keep_logo(form, event, company)
            return company
    except services.CompanyChangedMeanwhile as error:
        form.keep_against(error.args[0])
        form.form_errors.append(str(error))
    except PictureRefused as error:
        refuse(form.logo, error)
    except DomainError as error:
        refuse(form[FIELDS.get(error.code, "name_vi")], error)
    return None


def _keep_logo(form: CompanyForm, event: Event, company: Company) -> None:
    upload = form.logo.data
    logo = store_picture(event, upload.read(), name=upload.filename or "logo", use=PictureUse.LOGO)
    services.set_logo(company, logo)
