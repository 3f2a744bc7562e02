"""Headers as they leave, read again by the standard library."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from matchmaking.ops.headers import LETTER


def letter(**headers: str) -> EmailMessage:
    message = EmailMessage(policy=LETTER)
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Kính gửi Quý vị", cte="base64")
    return message


@pytest.mark.parametrize(
    "subject",
    ["Your badge", "Thẻ đại biểu của Quý vị", "Hội nghị xúc tiến đầu tư " * 9 + "x", "badge " * 40],
)
def test_subject_arrives_as_it_was_written_on_lines_of_lawful_length(subject):
    sent = bytes(letter(Subject=subject.strip(), To="anh@example.com"))

    assert message_from_bytes(sent, policy=SMTP)["Subject"] == subject.strip()
    assert max(map(len, sent.split(b"\r\n"))) <= 78


def test_name_of_the_sender_is_encoded_and_the_address_is_not():
    sent = bytes(letter(From="Gặp Gỡ <no-reply@example.com>"))

    read = message_from_bytes(sent, policy=SMTP)["From"].addresses[0]
    assert (read.display_name, read.addr_spec) == ("Gặp Gỡ", "no-reply@example.com")
    assert sent.isascii()


def test_attachment_keeps_a_name_with_diacritics():
    message = letter(To="anh@example.com")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Thẻ Ánh.pdf")

    (read,) = message_from_bytes(bytes(message), policy=SMTP).iter_attachments()

    assert (read.get_filename(), read.get_content()) == ("Thẻ Ánh.pdf", b"%PDF")


def test_header_with_a_line_break_is_refused():
    with pytest.raises(ValueError, match="line break"):
        letter(To="anh@example.com\r\nBcc: everyone@example.com")
