"""`python -m matchmaking.scheduling`: solve, check and bench, for files of anybody's."""

import os
import signal
import sys

from matchmaking.scheduling.command import REFUSED, main

signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # whoever read our output has read enough
try:
    code = main()
    sys.stdout.flush()
except OSError as error:
    print(f"python -m matchmaking.scheduling: {error.strerror}", file=sys.stderr)
    code = REFUSED
sys.stderr.flush()
os._exit(code)  # at once, whatever step an optimization library is still in the middle of
