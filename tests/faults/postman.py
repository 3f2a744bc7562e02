"""A mail server of a test's own: it takes letters, or says that it cannot just now."""

import socketserver
import threading
from email import message_from_bytes
from email.message import Message
from email.policy import default

from tests.journeys.server import free_port


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps every letter it took. While `busy`, it answers every recipient with 451."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", free_port()), Conversation)
        self.letters: list[Message] = []
        self.busy = False
        self.refusals = 0
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def close(self) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline():
            command = line.split()[0].upper() if line.split() else b""
            if command == b"QUIT":
                return self._say("221 bye")
            if command == b"RCPT" and self.server.busy:
                self.server.refusals += 1
                self._say("451 try again later")
            elif command == b"DATA":
                self._say("354 go on")
                self.server.letters.append(self._letter())
                self._say("250 taken")
            else:
                self._say("250 ok")
        return None

    def _letter(self) -> Message:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return message_from_bytes(b"".join(lines), policy=default)

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")
