"""The database goes away in the middle of a burst: clear answers, then work goes on."""

import sqlite3
from contextlib import closing

from tests.faults.browser import Browser
from tests.faults.finding import assert_each_is_found_once
from tests.faults.load import Load
from tests.faults.serving import EMAIL, PASSWORD
from tests.ops.installation import wait_until


def test_database_that_goes_away_is_answered_503_and_loses_nothing(serve, cluster, mail_server):
    settings = {"DATABASE_URL": cluster.url} if cluster else {}
    served = serve(SMTP_URL=mail_server.url, **settings)
    browser = Browser(served)
    assert browser.post("/sign-in", email=EMAIL, password=PASSWORD) == 303
    load = Load(served).start()
    wait_until(lambda: len(load.admitted) > 5)
    if cluster:
        cluster.kill()
        assert browser.send("GET", "/account")[0] == 503
        wait_until(lambda: load.unavailable > 20)
        cluster.start()
    else:
        away_while_locked(served.installation.config.data_dir / "gap-go.sqlite3", load)
    seen = len(load.admitted)
    wait_until(lambda: len(load.admitted) > seen + 10)
    load.stop()

    assert load.strange == []
    assert load.broken_off == 0
    assert_each_is_found_once(served.installation, load)
    served.hurry()
    wait_until(lambda: not served.waiting_mails())
    assert len({letter["Message-ID"] for letter in mail_server.letters}) == len(
        {letter["To"] for letter in mail_server.letters}
    )


def away_while_locked(file, load):
    """SQLite has no server to be killed: another program holds its file for longer than we wait."""
    with closing(sqlite3.connect(file, isolation_level=None, timeout=120)) as other:
        other.execute("BEGIN EXCLUSIVE")
        wait_until(lambda: load.unavailable >= 1)
        other.execute("ROLLBACK")
