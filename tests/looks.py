"""What no database can change is looked at once: where the tests run on SQLite."""

import os

ARE_CHECKED = not os.environ.get("DATABASE_URL")
"""Whether pages are valid, and how journeys go on a second screen."""
