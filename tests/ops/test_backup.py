"""Backups made while real processes write, and installations made from them again."""

import io
import tarfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from matchmaking.accounts.models import User
from matchmaking.core.codes import new_id
from matchmaking.core.erasures import Erasure
from matchmaking.ops.backup.archive import BackupError, Manifest, opened
from matchmaking.ops.backup.services import back_up, has_other_secret, needs_upgrade, restore
from tests.ops.installation import KEY, Installation, name_of, wait_until


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[object]:
    """Makes an installation: `machine("here")`."""
    made: list[Installation] = []

    def machine(name: str, **settings: str) -> Installation:
        made.append(Installation(tmp_path / name, **settings))
        return made[-1]

    yield machine
    for installation in made:
        installation.stop()


@pytest.fixture
def here(machine) -> Installation:
    return machine("here").with_tables()


def ha() -> User:
    return User(email="ha@example.gov.vn", full_name="Phạm Thu Hà", language="vi")


def restored(to: Installation, source: Path, **options: bool) -> Manifest:
    return restore(to.config, source, **{"replace": False, "other_keys": False, **options})


def test_what_was_acknowledged_while_the_backup_ran_is_restored_whole(here, machine, tmp_path):
    here.start_writers(3)
    path, manifest = back_up(here.config, tmp_path)
    before = len(here.acknowledged())
    wait_until(lambda: len(here.acknowledged()) > before)
    here.stop()
    there = machine("there")

    restored(there, path)

    told = here.acknowledged()
    due = {name for name, at in told.items() if at < manifest.as_of.timestamp()}
    found = dict(there.rows("SELECT name, content FROM stored_files"))
    assert len(due) > 60
    assert due - set(found) == set()
    assert [name for name, content in found.items() if name_of(bytes(content)) != name] == []
    assert len(told) > len(due)


def test_restored_installation_knows_its_people_and_reads_its_badges(here, machine, tmp_path):
    here.add(ha())
    path, manifest = back_up(here.config, tmp_path / "one.backup")
    there = machine("there")

    restored(there, path)

    key = there.config.data_dir / "secret-key"
    assert there.rows("SELECT full_name FROM users") == [("Phạm Thu Hà",)]
    assert not (needs_upgrade(manifest) or has_other_secret(there.config, manifest)) or key.exists()
    if key.exists():
        assert key.read_text() == here.config.secret_key


def test_who_was_erased_after_a_backup_is_noted_again_wherever_it_is_restored(
    here, machine, tmp_path
):
    old, _manifest = back_up(here.config, tmp_path / "old.backup")
    somebody = new_id()
    here.add(Erasure(subject_id=somebody, subject_type="registrations"))
    back_up(here.config, tmp_path / "new.backup")
    there = machine("there")

    restored(there, old)
    restored(here, old, replace=True)

    found = [there.rows("SELECT subject_type FROM erasures"), here.rows("SELECT 1 FROM erasures")]
    assert found == [[("registrations",)], [(1,)]]
    assert (tmp_path / "erased.txt").read_text().startswith(f"{somebody} registrations ")


def test_backup_is_for_its_owner_alone_and_holds_no_key_of_the_environment(machine, tmp_path):
    here = machine("here", SECRET_KEY=KEY, BADGE_KEY=KEY[::-1]).with_tables()
    path, _manifest = back_up(here.config, tmp_path / "one.backup")

    with opened(path, tmp_path) as found:
        assert (found.key, found.manifest.kind) == ("", here.engine.dialect.name)
        assert KEY not in found.manifest.as_json()
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob(".gap-go-*")) == []


def test_restore_spares_a_database_with_content_and_keeps_what_it_replaces(here, tmp_path):
    empty, _manifest = back_up(here.config, tmp_path / "empty.backup")
    here.add(ha())

    with pytest.raises(BackupError, match="--replace"):
        restored(here, empty)
    assert len(here.rows("SELECT id FROM users")) == 1
    restored(here, empty, replace=True)

    assert here.rows("SELECT id FROM users") == []
    (kept,) = here.config.data_dir.glob("before-restore-*.backup")
    restored(here, kept)
    assert len(here.rows("SELECT id FROM users")) == 1


def test_backup_of_badges_signed_with_another_key_is_refused(machine, tmp_path):
    here = machine("here", SECRET_KEY=KEY, BADGE_KEY=KEY[::-1]).with_tables()
    path, manifest = back_up(here.config, tmp_path / "one.backup")
    there = machine("there", SECRET_KEY=f"other {KEY}", BADGE_KEY=f"other {KEY}")

    with pytest.raises(BackupError, match="BADGE_KEY is not the one"):
        restored(there, path)
    restored(there, path, other_keys=True)
    assert has_other_secret(there.config, manifest)


@pytest.mark.parametrize("harm", ["cut", "changed", "not a backup"])
def test_damaged_backup_is_refused_and_changes_nothing(here, tmp_path, harm):
    path, _manifest = back_up(here.config, tmp_path / "one.backup")
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(
        {
            "cut": whole[:middle],
            "changed": whole[:middle] + b"harm" + whole[middle + 4 :],
            "not a backup": b"PK harmless",
        }[harm]
    )
    here.add(ha())

    with pytest.raises(BackupError):
        restored(here, path, replace=True)

    assert len(here.rows("SELECT id FROM users")) == 1


def test_backup_of_a_newer_version_is_refused(machine, tmp_path):
    newer = machine("newer").with_tables("9999")
    path, _manifest = back_up(newer.config, tmp_path / "one.backup")

    with pytest.raises(BackupError, match="upgrade this one first"):
        restored(machine("here"), path, other_keys=True)


def test_backup_of_an_older_version_asks_for_an_upgrade(machine, tmp_path):
    older = machine("older").with_tables("0001_core")
    path, manifest = back_up(older.config, tmp_path / "one.backup")

    restored(machine("here"), path, other_keys=True)

    assert needs_upgrade(manifest)


def test_restore_leaves_no_table_of_a_newer_version_behind(here, tmp_path):
    path, _manifest = back_up(here.config, tmp_path / "one.backup")
    with here.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE newer (id INTEGER)")
    here.add(ha())

    restored(here, path, replace=True)

    with pytest.raises(Exception, match="newer"):
        here.rows("SELECT * FROM newer")


def command(app: Flask, installation: Installation, *words: object) -> tuple[int, str]:
    """What `flask` does on that installation."""
    before, app.extensions["gap-go"] = app.extensions["gap-go"], installation.config
    try:
        ended = app.test_cli_runner().invoke(args=[str(word) for word in words])
    finally:
        app.extensions["gap-go"] = before
    return ended.exit_code, ended.output


def test_commands_make_a_backup_and_restore_it(app, here, machine, tmp_path):
    here.add(ha())
    code, said = command(app, here, "backup", tmp_path / "one.backup")
    assert code == 0
    assert said.splitlines()[0].startswith("holds everything acknowledged before 20")
    assert said.splitlines()[-1] == str(tmp_path / "one.backup")

    code, said = command(app, machine("there"), "restore", tmp_path / "one.backup")

    assert (code, said.split(" as of ")[0]) == (0, "restored")


def test_commands_refuse_in_a_sentence(app, here, machine, tmp_path):
    nowhere = command(app, machine("nowhere"), "backup", tmp_path / "one.backup")
    no_folder = command(app, here, "backup", "/proc/one.backup")
    (tmp_path / "no.backup").write_text("no backup")
    nothing = command(app, here, "restore", tmp_path / "no.backup")

    assert nowhere == (
        1,
        "Error: There is no database to back up; DATABASE_URL or DATA_DIR is wrong.\n",
    )
    assert (no_folder[0], nothing[0]) == (1, 1)
    assert nothing[1].startswith("Error: ")
    assert not (tmp_path / "one.backup").exists()


def test_folder_keeps_the_newest_backups(app, here, tmp_path):
    for day in (1, 2, 3):
        (tmp_path / f"gap-go-2026010{day}T000000Z.backup").touch()
    (tmp_path / "notes.txt").touch()

    _code, said = command(app, here, "backup", tmp_path, "--keep", 2)

    left = {path.name for path in tmp_path.iterdir() if path.is_file()}
    newest = Path(said.splitlines()[-1]).name
    assert left == {"gap-go-20260103T000000Z.backup", newest, "notes.txt"}


def test_archive_that_names_other_places_writes_nowhere_else(tmp_path):
    manifest = Manifest("sqlite", datetime.now().astimezone(), "0001", "", "", "")
    with closing(tarfile.open(tmp_path / "evil.backup", "w")) as archive:
        for name, text in (("manifest.json", manifest.as_json()), ("../evil", "x")):
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))

    with pytest.raises(BackupError), opened(tmp_path / "evil.backup", tmp_path):
        raise AssertionError("it was opened")
    assert not (tmp_path.parent / "evil").exists()
