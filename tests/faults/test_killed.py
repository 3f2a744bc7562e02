"""kill -9 of web, worker and everything under load: what was acknowledged is there, once."""

from collections import defaultdict

from tests.faults.finding import assert_each_is_found_once
from tests.faults.load import Load
from tests.ops.installation import wait_until

AT_WORK = 2
"""Threads of the short lane: as many letters can be on their way at a kill."""


def test_killed_processes_lose_nothing_and_mail_nobody_two_letters(serve, mail_server):
    served = serve(SMTP_URL=mail_server.url)
    load = Load(served).start()
    kills = ("web", "worker")
    for kind in kills:
        seen, sent = len(load.admitted), len(mail_server.letters)
        wait_until(lambda: len(load.admitted) > seen + 3 and len(mail_server.letters) > sent)  # noqa: B023
        served.kill(kind)
    served.kill_everything()
    served.hurry()
    served.start()
    seen = len(load.admitted)
    wait_until(lambda: len(load.admitted) > seen + 3)
    load.stop()

    assert load.strange == []
    assert_each_is_found_once(served.installation, load)
    wait_until(lambda: not served.waiting_mails())
    copies = defaultdict(list)
    for letter in mail_server.letters:
        copies[letter["To"]].append(letter["Message-ID"])
    assert set(copies) >= set(load.registered)
    assert all(len(set(ids)) == 1 for ids in copies.values())
    assert len(mail_server.letters) - len(copies) <= AT_WORK * len(kills)
