"""Gặp Gỡ: conferences with foreign partners, from first invitation to signed commitment."""

import signal
import sys

if sys.argv[:1] == ["-m"]:
    # A command of this package is still being loaded, so Ctrl-C has nothing to save yet.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
