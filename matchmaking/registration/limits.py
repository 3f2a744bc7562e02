"""How often one may try to register, on the pages and through the API together."""

from matchmaking.web.throttle import spend

FROM_ONE_NETWORK = "600 per hour"
"""A whole office, or the venue itself, may register through one address."""
FOR_ONE_ADDRESS = "10 per hour"


def spend_attempt(email: str) -> None:
    """Count an attempt to register this e-mail address. Raises TooManyAttempts."""
    spend(FROM_ONE_NETWORK, "register")
    spend(FOR_ONE_ADDRESS, "register", email.strip().lower())
