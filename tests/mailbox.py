"""The mails a test caused, as their readers get them."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from matchmaking.core import jobs


@dataclass
class Mailbox:
    """What was delivered, into a directory of the test's own."""

    folder: Path

    @property
    def messages(self) -> list[EmailMessage]:
        files = sorted(self.folder.glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]

    def newest(self) -> EmailMessage:
        """Send what waits, then open the last mail that came."""
        jobs.run_due()
        return self.messages[-1]

    def newest_text(self) -> str:
        body = self.newest().get_body(("plain",))
        assert body is not None
        return str(body.get_content())
