"""Where the pages of this feature are found."""

from matchmaking.core.i18n import _l
from matchmaking.web.desk import desk_item


def add_links() -> None:
    desk_item(905, _l("Personal data"), "privacy.desk", icon="shield-check", least_role="editor")
