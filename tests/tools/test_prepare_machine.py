import subprocess
import sys
from pathlib import Path

import pytest

NO_ENVIRONMENTS = f"""#!/bin/sh
case "$2" in *ensurepip*) exit 1 ;; esac
exec {sys.executable} "$@"
"""


@pytest.fixture
def programs(tmp_path) -> Path:
    """A machine whose path holds nothing but what a test puts there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def prepare(programs: Path, *options: str) -> subprocess.CompletedProcess[str]:
    script = Path("tools/prepare_machine.py").resolve()
    return subprocess.run(
        [sys.executable, script, programs.parent / "environment", *options],
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_machine_without_a_recent_python_is_told_so(programs):
    told = prepare(programs)

    assert told.returncode == 1
    assert told.stderr == "Python 3.11 or later is needed, and this machine has none.\n"


def test_user_who_may_not_install_is_given_one_line_for_everything(programs):
    python = programs / "python3"
    python.write_text(NO_ENVIRONMENTS)
    python.chmod(0o755)

    told = prepare(programs, "--browser")

    assert told.returncode == 1
    [line] = [line for line in told.stderr.splitlines() if "apt-get install" in line]
    assert line.startswith("    sudo apt-get update && sudo apt-get install -y python3.")
    assert line.endswith("-venv fontconfig fonts-noto-cjk chromium")
