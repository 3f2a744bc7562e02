"""The files of deploy/ fit the application they deploy."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from matchmaking.config import Config

DEPLOY = Path("deploy")
NGINX = (DEPLOY / "nginx/gap-go.conf").read_text()
PERSONAL = {"key", "token", "code"}


def logged_path(path: str) -> str:
    """What nginx writes down of a path, by the map in its configuration."""
    block = re.search(r"map \$uri \$logged_path \{(.*?)\n\}", NGINX, re.DOTALL)
    assert block
    for pattern, written in re.findall(r'"~(.+)" "(.+)";', block[1]):
        found = re.search(pattern.replace("(?<", "(?P<"), path)
        if found:
            return written.replace("$before", found["before"])
    return path


def test_proxy_writes_down_no_key_and_no_code_of_a_person(app):
    rules = [str(rule) for rule in app.url_map.iter_rules() if PERSONAL & rule.arguments]
    written = [logged_path(re.sub(r"<[^>]*(key|token|code)>", "sEcReT", rule)) for rule in rules]

    assert len(rules) > 10
    assert [path for path in written if "sEcReT" in path] == []
    assert logged_path("/events/vietnam-japan") == "/events/vietnam-japan"


def test_proxy_knows_the_cookie_of_a_session(config):
    known = re.search(r'\$carries_session \{\s+default "";\s+"~([^"]+)" 1;', NGINX)[1]
    name = replace(config, base_url="https://e.vn").flask_settings()["SESSION_COOKIE_NAME"]

    assert re.search(known, f"language=vi; {name}=.eJw")
    assert not re.search(known, "language=vi")


def test_settings_of_the_example_start_an_installation_once_filled_in(tmp_path):
    lines = (DEPLOY / ".env.example").read_text().splitlines()
    written = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    filled = {
        name: value.strip('"') or "Zk3-vQ9_pL7xW2mN8cR5tY1bH6jD4fGs"
        for name, value in written.items()
    }

    config = Config.from_env({**filled, "DATA_DIR": str(tmp_path)})

    assert config.is_https
    assert {"SECRET_KEY", "BADGE_KEY", "METRICS_TOKEN"} <= {
        name for name, value in written.items() if not value
    }


def test_settings_of_the_example_are_in_the_operations_guide():
    guide = Path("docs/operations.md").read_text()
    names = re.findall(r"(?m)^(\w+)=", (DEPLOY / ".env.example").read_text())

    assert [name for name in names if f"`{name}`" not in guide] == []


@pytest.mark.parametrize(
    "unit", sorted((DEPLOY / "systemd").glob("*.service")), ids=lambda p: p.name
)
def test_units_run_commands_there_are_as_a_user_with_few_rights(app, unit):
    text = unit.read_text()
    command = re.findall(r"ExecStart=/srv/gap-go/\.venv/bin/(\w+) ?([\w-]*)", text)

    assert command == [("gunicorn", "")] or command[0][1] in app.cli.commands
    assert {"User=gap-go", "NoNewPrivileges=yes", "ProtectSystem=strict"} <= set(text.splitlines())


def test_compose_file_names_commands_there_are_and_holds_no_secret(app):
    text = (DEPLOY / "compose.yaml").read_text()
    commands = re.findall(r"command: \[flask, ([\w-]+)", text)

    assert set(commands) - {"db"} <= set(app.cli.commands)
    assert re.findall(r"(?i)(?:password|key|token): (?!\$\{)\S+", text) == []


def test_image_is_built_from_locks_and_runs_as_a_user_of_its_own():
    text = (DEPLOY / "Containerfile").read_text()

    assert "make install" in text
    assert "--require-hashes" in Path("Makefile").read_text()
    assert re.findall(r"(?m)^USER (\S+)$", text)[-1] == "gap-go"
    assert "HEALTHCHECK" in text
