"""A mail server that answers 451 and later takes the letters."""

from tests.faults.load import person, send
from tests.ops.installation import wait_until


def test_letters_wait_for_a_mail_server_that_is_busy_and_are_sent_once(serve, mail_server):
    mail_server.busy = True
    served = serve(SMTP_URL=mail_server.url)
    people = [f"delegate{number}@example.com" for number in range(3)]
    for email in people:
        status, _headers, _content = send(served, "registrations", person(email), email)
        assert status == 201
    waiting = "SELECT error FROM outgoing_mails WHERE state = 'queued' AND error <> ''"
    wait_until(lambda: len(served.installation.rows(waiting)) == 3)
    assert {row[0] for row in served.installation.rows(waiting)} == {"451 try again later"}

    mail_server.busy = False
    served.hurry()
    wait_until(lambda: not served.waiting_mails())

    assert sorted(letter["To"] for letter in mail_server.letters) == people
