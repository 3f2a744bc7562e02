"""What a WSGI server loads."""

from matchmaking.app import create_app
from matchmaking.config import Config

app = create_app(Config.from_env())
