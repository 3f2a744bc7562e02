"""What the API itself keeps: the answers it gave, and what other programs are told."""

from matchmaking.api.models.answers import GivenAnswer
from matchmaking.api.models.webhooks import Delivery, DeliveryState, Webhook

__all__ = ["Delivery", "DeliveryState", "GivenAnswer", "Webhook"]
