"""No room for another byte: the processes may not make a file longer than it is."""

import resource
from contextlib import suppress

from tests.faults.finding import assert_each_is_found_once
from tests.faults.load import Load
from tests.ops.installation import wait_until


def limit_files(served, most):
    for pids in served.processes.values():
        for pid in pids:
            with suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


def test_full_disk_loses_nothing_acknowledged_and_is_got_over(serve, mail_server):
    served = serve(SMTP_URL=mail_server.url)
    load = Load(served).start()
    wait_until(lambda: len(load.admitted) > 5)
    limit_files(served, 4096)
    seen = len(load.admitted)
    if (
        served.installation.config.database_url
    ):  # the queue and the log are files, the rest is elsewhere
        wait_until(lambda: len(load.admitted) > seen + 10)
    else:
        wait_until(lambda: load.unavailable > 10)
    limit_files(served, resource.RLIM_INFINITY)
    seen = len(load.admitted)
    wait_until(lambda: len(load.admitted) > seen + 10)
    load.stop()

    assert load.strange == []
    assert load.broken_off == 0
    assert_each_is_found_once(served.installation, load)
    served.hurry()
    wait_until(lambda: not served.waiting_mails())
    assert set(load.registered) <= {letter["To"] for letter in mail_server.letters}
