import os
import signal
import subprocess
import sys
import time
from pathlib import Path

KEEP_RUNNING = "tools/keep_running.py"
RECORD_AND_WAIT = (
    "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
)


def command(record: Path) -> list[str]:
    return [sys.executable, KEEP_RUNNING, sys.executable, "-c", RECORD_AND_WAIT, str(record)]


def recorded(record: Path, count: int) -> list[int]:
    """The process ids of the first `count` runs, as soon as there are so many."""
    return within(15, lambda: len(pids := pids_in(record)) >= count and pids)


def pids_in(record: Path) -> list[int]:
    return [int(line) for line in record.read_text().split()] if record.exists() else []


def within(seconds, claim):
    end = time.monotonic() + seconds
    while not (result := claim()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
    return result


def is_gone(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_command_that_died_runs_again(tmp_path):
    record = tmp_path / "pids"
    keeper = subprocess.Popen(command(record))
    try:
        [first] = recorded(record, 1)
        os.kill(first, signal.SIGKILL)
        assert len(recorded(record, 2)) == 2
    finally:
        keeper.terminate()
        keeper.wait()
    assert all(is_gone(pid) for pid in pids_in(record))


def test_command_ends_when_the_parent_was_killed(tmp_path):
    record = tmp_path / "pids"
    start = "import subprocess, sys; subprocess.Popen(sys.argv[1:]).wait()"
    parent = subprocess.Popen([sys.executable, "-c", start, *command(record)])
    [pid] = recorded(record, 1)

    parent.kill()
    parent.wait()

    assert within(10, lambda: is_gone(pid))
