"""The file a backup is: a tar of a manifest, the database and, where it has one, its key.

A key from the environment is never in it, for it would open everything beside it; the
manifest holds only a mark of each key, by which a restore notices another one.
"""

import hashlib
import hmac
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

FORMAT = 1
MANIFEST, DATABASE, KEY = "manifest.json", "database", "secret-key"


class BackupError(Exception):
    """A backup cannot be made or used; the message is a sentence for who asked."""


@dataclass(frozen=True)
class Manifest:
    """`as_of`: every write acknowledged before this moment is in the backup."""

    kind: str
    as_of: datetime
    version: str
    sha256: str
    secret_key_mark: str
    badge_key_mark: str
    format: int = FORMAT

    def as_json(self) -> str:
        return json.dumps({**asdict(self), "as_of": self.as_of.isoformat()}, indent=1)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Manifest":
        values = json.loads(text)
        return cls(**{**values, "as_of": datetime.fromisoformat(values["as_of"])})


@dataclass(frozen=True)
class Opened:
    """An archive that was found whole, unpacked into a folder of its own."""

    manifest: Manifest
    database: Path
    key: str


def mark_of(key: bytes) -> str:
    """Tells two keys apart and says nothing else of them."""
    return hmac.new(key, b"gap-go backup", hashlib.sha256).hexdigest()[:16]


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def place_beside(target: Path) -> Iterator[Path]:
    """A folder on the same disk, only for this user, removed with all that is in it."""
    folder = Path(tempfile.mkdtemp(prefix=".gap-go-", dir=target.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write(target: Path, manifest: Manifest, *, database: Path, key: str) -> None:
    """The archive appears under its name only when it is whole and on the disk."""
    folder = database.parent
    (folder / MANIFEST).write_text(manifest.as_json())
    members = [MANIFEST, DATABASE]
    if key:
        (folder / KEY).write_text(key)
        members.append(KEY)
    unfinished = folder / "archive"
    with tarfile.open(unfinished, "w:gz", compresslevel=1) as archive:
        for name in members:
            archive.add(folder / name, arcname=name)
    unfinished.chmod(0o600)
    _to_the_disk(unfinished)
    unfinished.replace(target)
    _to_the_disk(target.parent)


def _to_the_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def opened(source: Path, folder: Path) -> Iterator[Opened]:
    """Unpack into a place in `folder`. Raises BackupError when it is not what was written."""
    with place_beside(folder / "database") as place:
        try:
            key, manifest = _unpack(source, place)
        except (OSError, tarfile.TarError, EOFError, KeyError, TypeError, ValueError) as fault:
            raise BackupError(f"{source} is no backup of Gặp Gỡ, or not whole.") from fault
        if manifest.format != FORMAT or sha256_of(place / DATABASE) != manifest.sha256:
            raise BackupError(f"{source} is damaged: its content is not what was written.")
        yield Opened(manifest, place / DATABASE, key)


def _unpack(source: Path, place: Path) -> tuple[str, Manifest]:
    """Only the members known by name, whatever else the file holds."""
    with tarfile.open(source) as archive:
        names = archive.getnames()
        for name in (MANIFEST, DATABASE, *([KEY] if KEY in names else [])):
            member = archive.extractfile(name)
            if member is None:
                raise KeyError(name)
            with member, (place / name).open("wb") as file:
                shutil.copyfileobj(member, file)
    key = (place / KEY).read_text() if (place / KEY).exists() else ""
    return key, Manifest.from_json((place / MANIFEST).read_text())
