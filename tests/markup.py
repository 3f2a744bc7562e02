"""Whether HTML is valid: one validator process, asked for every page a test fetches."""

import atexit
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

NODE = Path(sys.prefix) / "bin/node"
VALIDATOR = Path(__file__).with_suffix(".mjs")


def faults_in(html: str) -> list[str]:
    """What a validator objects to in a page or a fragment of one."""
    process = _validator()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(html) + "\n")
    process.stdin.flush()
    faults: list[str] = json.loads(process.stdout.readline())
    return faults


@cache
def _validator() -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [NODE, VALIDATOR], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(process.communicate)
    return process
