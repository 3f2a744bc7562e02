from matchmaking.api.models import Webhook
from matchmaking.api.services.webhooks import KINDS, add_webhook
from matchmaking.events.models import Event
from matchmaking.web.settings import settings


def make_webhook(
    event: Event, url: str = "https://example.com/news", kinds: list[str] | None = None
) -> Webhook:
    """Told everything, unless `kinds` are named."""
    return add_webhook(event, url, kinds or list(KINDS), secret=settings().data_secret)
