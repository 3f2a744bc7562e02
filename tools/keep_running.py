"""Run a command, again whenever it ends, until this process is told to end or its parent is gone.

    keep_running.py COMMAND [ARGUMENT …]

A parent that is killed can tell nobody, so the child looks for itself.
"""

import os
import signal
import subprocess
import sys
import time
from types import FrameType

PAUSE_BEFORE_ANOTHER_RUN = 2.0
PATIENCE = 15.0


def keep_running(command: list[str]) -> None:
    parent = os.getppid()
    signal.signal(signal.SIGTERM, _leave)
    while True:
        child = subprocess.Popen(command)
        try:
            while child.poll() is None:
                if os.getppid() != parent:
                    return
                time.sleep(0.5)
        finally:
            _end(child)
        time.sleep(PAUSE_BEFORE_ANOTHER_RUN)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()


if __name__ == "__main__":
    try:
        keep_running(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(0)
