"""`python -m matchmaking.scheduling`: solve, check and bench, for files of anybody's."""

import os
import sys

from matchmaking.scheduling.command import main

code = main()
sys.stdout.flush()
sys.stderr.flush()
os._exit(code)  # at once, whatever step an optimization library is still in the middle of
