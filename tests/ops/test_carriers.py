"""The SMTP carrier against a server of our own on a socket."""

import socket
import threading
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from matchmaking.config import ConfigurationError
from matchmaking.ops.carriers import MailDirectory, Refused, SmtpServer, TryLater


class Postman:
    """Speaks just enough SMTP; `answers` replaces its answer to a command."""

    def __init__(self, answers: dict[str, str]) -> None:
        self.answers = {
            "EHLO": "250-here\r\n250 AUTH PLAIN",
            "MAIL": "250 ok",
            "RCPT": "250 ok",
            "DATA": "354 go",
            ".": "250 taken",
            "RSET": "250 ok",
            "AUTH": "235 welcome",
            "QUIT": "221 bye",
            **answers,
        }
        self.heard: list[str] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        connection, _ = self.socket.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 hello\r\n")
            in_letter = False
            for raw in lines:
                line = raw.decode().rstrip("\r\n")
                self.heard.append(line)
                if in_letter and line != ".":
                    continue
                verb = line.split(" ")[0].upper()
                in_letter = verb == "DATA"
                connection.sendall(f"{self.answers[verb]}\r\n".encode())


@pytest.fixture
def postman_who() -> Iterator:
    postmen: list[Postman] = []

    def make(**answers: str) -> Postman:
        postmen.append(Postman(answers))
        return postmen[-1]

    yield make
    for postman in postmen:
        postman.socket.close()


def server_at(port: int, user: str = "") -> SmtpServer:
    return SmtpServer.from_url(f"smtp://{user}127.0.0.1:{port}")


def letter() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Gặp Gỡ <no-reply@example.com>"
    message["To"] = "anh@example.com"
    message["Subject"] = "Thẻ đại biểu"
    message["Message-ID"] = "<1@gap-go>"
    message.set_content("Chào chị Ánh")
    return message


def test_server_takes_a_letter(postman_who):
    postman = postman_who()

    server_at(postman.port).deliver(letter(), "1")

    assert "Message-ID: <1@gap-go>" in postman.heard
    assert not any(line.startswith("AUTH") for line in postman.heard)


def test_user_and_password_are_given_to_a_server_on_this_machine(postman_who):
    postman = postman_who()

    server_at(postman.port, "an:b%40c@").deliver(letter(), "1")

    assert any(line.startswith("AUTH PLAIN") for line in postman.heard)


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({"RCPT": "550 no such mailbox"}, Refused),
        ({"RCPT": "450 greylisted, try later"}, TryLater),
        ({".": "554 too large"}, Refused),
        ({".": "451 disk full"}, TryLater),
        ({"MAIL": "550 sender not allowed"}, TryLater),
        ({"EHLO": "500 what", "HELO": "500 what"}, TryLater),
    ],
)
def test_what_the_server_says_decides_between_later_and_never(postman_who, answers, verdict):
    postman = postman_who(**answers)

    with pytest.raises(verdict):
        server_at(postman.port).deliver(letter(), "1")


def test_server_that_is_down_means_later():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    with pytest.raises(TryLater, match="ConnectionRefused"):
        server_at(port).deliver(letter(), "1")


def test_address_of_a_server_names_its_ports():
    assert SmtpServer.from_url("smtps://a:b@mail.example.com").port == 465
    assert SmtpServer.from_url("smtp://a:b@mail.example.com").port == 587
    assert SmtpServer.from_url("smtp://mail.example.com").port == 25


@pytest.mark.parametrize("url", ["http://mail.example.com", "mail.example.com", "smtp://"])
def test_address_that_names_no_server_is_refused_at_the_start(url):
    with pytest.raises(ConfigurationError):
        SmtpServer.from_url(url)


def test_directory_keeps_one_file_of_a_letter_delivered_twice(tmp_path):
    MailDirectory(tmp_path).deliver(letter(), "1")
    MailDirectory(tmp_path).deliver(letter(), "1")

    assert [path.name for path in tmp_path.iterdir()] == ["1.eml"]


def test_directory_that_cannot_be_written_means_later(tmp_path):
    (tmp_path / "mail").write_text("a file stands where the directory should be")

    with pytest.raises(TryLater):
        MailDirectory(tmp_path / "mail").deliver(letter(), "1")
