"""Create the environment, and see to what only the system can supply.

    prepare_machine.py ENVIRONMENT [--browser]

Runs on whatever Python a fresh machine has. Missing Debian packages are installed where this
user may; elsewhere they are asked for together, in one line.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

INTERPRETERS = ("python3.14", "python3.13", "python3.12", "python3.11", "python3")
IS_RECENT = "import sys; sys.exit(sys.version_info < (3, 11))"
MAKES_ENVIRONMENTS = "import ensurepip, venv"
NAME = "import sys; print('python%d.%d' % sys.version_info[:2])"

# WeasyPrint sets type with these; no Python package supplies them.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def main(environment: Path, *, browser: bool) -> None:
    python = newest_python()
    packages = missing_packages(python)
    if browser and not shutil.which("chromium"):
        packages.append("chromium")
    if packages:
        install(packages)
    if not (environment / "bin/python").exists():
        say(f"Creating the environment in {environment} with {output_of(python, NAME)}")
        subprocess.run([python, "-m", "venv", str(environment)], check=True)


def newest_python() -> str:
    """The newest that can make environments already, or else the newest."""
    recent = [python for python in INTERPRETERS if can(python, IS_RECENT)]
    if not recent:
        sys.exit("Python 3.11 or later is needed, and this machine has none.")
    return next((python for python in recent if can(python, MAKES_ENVIRONMENTS)), recent[0])


def missing_packages(python: str) -> list[str]:
    packages = [] if can(python, MAKES_ENVIRONMENTS) else [f"{output_of(python, NAME)}-venv"]
    if sys.platform == "linux":
        packages += [package for name, package in LIBRARIES.items() if not loads(name)]
        packages += missing_fonts()
    return packages


def missing_fonts() -> list[str]:
    """Names in Korean, Japanese and Chinese are printed in Noto CJK."""
    if not shutil.which("fc-list"):
        return ["fontconfig", "fonts-noto-cjk"]
    families = subprocess.run(["fc-list", ":", "family"], capture_output=True, check=True).stdout
    return [] if b"Noto Sans CJK" in families else ["fonts-noto-cjk"]


def install(packages: list[str]) -> None:
    names = " ".join(packages)
    apt = apt_as_root()
    if apt is None:
        sys.exit(
            f"Please run this line, then make again:\n"
            f"    sudo apt-get update && sudo apt-get install -y {names}"
        )
    say(f"Installing {names} with apt")
    run_quietly([*apt, "update"])
    run_quietly([*apt, "install", "--yes", "--no-install-recommends", *packages])


def apt_as_root() -> list[str] | None:
    """How this user may call apt-get without being asked for a password, if at all."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    sudo = ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    return sudo if shutil.which("sudo") and succeeds([*sudo, "--version"]) else None


def run_quietly(command: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def can(python: str, code: str) -> bool:
    return shutil.which(python) is not None and succeeds([python, "-c", code])


def succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def output_of(python: str, code: str) -> str:
    printed = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    return printed.stdout.strip()


def say(what: str) -> None:
    print(f"· {what}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), browser="--browser" in sys.argv[2:])
