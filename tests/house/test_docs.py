"""The documentation keeps up with the code: what exists has its line, and links lead somewhere."""

import argparse
import ast
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from config.cli import parser
from sabir.kernel.public import SOCKETS

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("data/*.md"), *ROOT.glob("frontend/*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
SETTING = re.compile(r"(SABIR|BENCH)_[A-Z_]+|DATABASE_URL|PORT")


def section(page: str, label: str) -> str:
    """What stands below the heading that names this model; a heading may name several."""
    parts = re.split(r"^### ", page, flags=re.MULTILINE)
    return next((part for part in parts if f"`{label}`" in part.splitlines()[0]), "")


@pytest.mark.parametrize("model", apps.get_models(include_auto_created=True), ids=lambda model: model._meta.label)
def test_the_data_map_has_every_column_of_every_table(model: type[models.Model]) -> None:
    found = section((DOCS / "data-map.md").read_text(), model._meta.label)
    assert found, f"docs/data-map.md: add `### `{model._meta.label}``, what for, how long, who reads"
    rows = [line for line in found.splitlines() if line.startswith("| `")]
    named = {name for line in rows for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    missing = [field.name for field in model._meta.concrete_fields if field.name not in named]
    assert missing == [], f"docs/data-map.md, {model._meta.label}: add a line for each"


def test_the_data_map_names_no_table_that_is_gone() -> None:
    headings = re.findall(r"^### (.+)$", (DOCS / "data-map.md").read_text(), flags=re.MULTILINE)
    named = {label for heading in headings for label in re.findall(r"`([\w.]+)`", heading)}
    assert named <= {model._meta.label for model in apps.get_models(include_auto_created=True)}


def test_every_socket_is_listed_and_no_other() -> None:
    listed = set(re.findall(r"^\| `([a-z._]+)`", (DOCS / "sockets.md").read_text(), flags=re.MULTILINE))
    assert listed == set(SOCKETS), "one line a socket in docs/sockets.md"


def settings_read() -> Iterator[str]:
    """Every environment variable of ours that the server, the command line, the bench or the tests read."""
    for path in [
        *ROOT.glob("config/*.py"),
        *ROOT.glob("sabir/**/*.py"),
        *ROOT.glob("bench/*.py"),
        *ROOT.glob("tests/*.py"),
    ]:
        for node in ast.walk(ast.parse(path.read_text())):
            said = node.value if isinstance(node, ast.Constant) else None
            if isinstance(said, str) and SETTING.fullmatch(said):
                yield said


def test_every_setting_has_its_line_and_no_other_has() -> None:
    page = (DOCS / "running.md").read_text()
    read = set(settings_read())
    missing = sorted(name for name in read if f"`{name}" not in page)
    assert missing == [], "add them to docs/running.md"
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", page, flags=re.MULTILINE))
    assert listed <= read, "docs/running.md lists what nothing reads"


def commands(of: argparse.ArgumentParser, words: str) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command with its words, `sabir device add`, and its parser."""
    below = [action for action in of._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield words, of
    for action in below:
        for name, inner in action.choices.items():
            yield from commands(inner, f"{words} {name}")


COMMANDS = dict(commands(parser(), "sabir"))


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_and_its_options_are_explained(words: str) -> None:
    command = COMMANDS[words]
    page = (DOCS / "running.md").read_text()
    line = next((line for line in page.splitlines() if line.startswith(f"| `{words}`")), "")
    assert line, f"docs/running.md: a line for `{words}`, with an example"
    options = [option for action in command._actions for option in action.option_strings if option.startswith("--")]
    assert [option for option in options if option != "--help" and option not in line] == []
    for action in command._actions:
        assert [choice for choice in action.choices or () if choice not in line] == []


def requirements() -> Iterator[tuple[str, str]]:
    """(file, package) of every line of the .in files and of package.json."""
    for path in sorted(ROOT.glob("requirements*.in")):
        for line in path.read_text().splitlines():
            if line and not line.startswith(("-", "#")):
                yield path.name, re.split(r"[\[<>=~!; ]", line)[0]
    package = json.loads((ROOT / "frontend" / "package.json").read_text())
    for kind in ("dependencies", "devDependencies"):
        yield from (("package.json", name) for name in package.get(kind, {}))


def test_every_dependency_has_its_reason_and_licence_and_no_other_is_listed() -> None:
    rows = [line.split("|") for line in (DOCS / "dependencies.md").read_text().splitlines() if line.startswith("| `")]
    listed = {row[1].strip().strip("`") for row in rows if row[2].strip() and row[3].strip()}
    assert listed == {name for _file, name in requirements()}, "one line a package in docs/dependencies.md"


def anchors(page: Path) -> set[str]:
    """The places of a page that a link can lead to: its headings as they are spelled in addresses, and its own marks."""
    text = page.read_text()
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    spelled = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return spelled | set(re.findall(r'<a id="([\w-]+)"', text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text()):
        if link.startswith(("http:", "https:", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{link} leads nowhere"
        assert not anchor or target.suffix != ".md" or anchor in anchors(target), f"{link}: no such heading"


def test_every_decision_is_in_the_list() -> None:
    listed = (DOCS / "decisions" / "README.md").read_text()
    pages = [page.name for page in (DOCS / "decisions").glob("[0-9]*.md")]
    assert [name for name in pages if f"({name})" not in listed] == []


def test_the_licence_is_the_text_that_was_published() -> None:
    # The digest of agpl-3.0.txt as the Free Software Foundation publishes it.
    published = "0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0"
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == published
