"""What a WSGI server loads."""

from matchmaking.app import create_app
from matchmaking.config import Config, ConfigurationError

try:
    app = create_app(Config.from_env())
except ConfigurationError as fault:
    raise SystemExit(f"Gặp Gỡ cannot start: {fault}") from None
