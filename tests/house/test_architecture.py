"""Promises the whole house makes, checked by walking it. Each message says what to do."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

import sabir
from sabir.kernel.fields import CodeField, DigestField, FactsField, LabelField, PlanField, PublishedField, TitleField
from sabir.kernel.public import SOCKETS
from sabir.law.public import VERBS

HOUSE = Path(sabir.__file__).parent
ROOT = HOUSE.parent
FLOORS = ["kernel", "ledger", "law", "web", "notices", "network", "vault", "rights", "observatory", "field", "cases"]
WRITES = {"save", "delete", "objects", "everything", "create", "update_or_create", "get_or_create", "bulk_create"}
CONFIDENTIAL = {"ledger", "observatory", "field", "cases"}
ALLOWED_TEXT = (CodeField, DigestField, TitleField, LabelField)
ALLOWED_JSON = (FactsField, PlanField)
LONG = 500


def sources(*patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern) if "migrations" not in path.parts)


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """(module, name) of every import of the house, also those inside functions and by relative names."""
    package = ".".join(path.relative_to(ROOT).with_suffix("").parts[:-1])
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - (node.level - 1)] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def test_every_room_has_its_floor() -> None:
    rooms = {path.parent.name for path in HOUSE.glob("*/apps.py")} | {"kernel"}
    assert rooms == set(FLOORS), "give the new room its floor in FLOORS and in pyproject.toml"


@pytest.mark.parametrize("path", sources("sabir/**/*.py"), ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_room_uses_only_what_lower_rooms_show(path: Path) -> None:
    room = path.relative_to(HOUSE).parts[0]
    for module, name in imports(path):
        parts = module.split(".")
        if parts[0] != "sabir" or len(parts) < 2 or parts[1] == room or room == "__init__.py":
            continue
        assert FLOORS.index(parts[1]) < FLOORS.index(room), f"{path}: {parts[1]} stands above {room}; use a socket"
        shown = parts[2:] == ["public"] or (len(parts) == 2 and name == "public")
        assert shown, f"{path}: import {parts[1]} through sabir.{parts[1]}.public"


def test_foreign_keys_point_downward() -> None:
    for model in apps.get_models():
        room = model._meta.app_label
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if room in FLOORS and field.concrete and isinstance(target, type) and target._meta.app_label in FLOORS:
                below = FLOORS.index(target._meta.app_label) <= FLOORS.index(room)
                assert below, (
                    f"{model.__name__}.{field.name} points up to {target._meta.app_label}; keep an id, or turn it round"
                )


def test_confidential_rooms_have_no_text_column() -> None:
    for model in apps.get_models():
        if model._meta.app_label not in CONFIDENTIAL:
            continue
        for field in model._meta.concrete_fields:
            text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, ALLOWED_TEXT)
            json = isinstance(field, models.JSONField) and not isinstance(field, ALLOWED_JSON)
            odd = isinstance(field, models.BinaryField) and not isinstance(field, PublishedField)
            assert not any((text, json, odd)), (
                f"{model.__name__}.{field.name}: only codes, digests, titles, labels; seal words"
            )


def test_doors_hold_no_rule_and_touch_no_row() -> None:
    for path in sources("sabir/*/views.py", "sabir/*/api.py", "sabir/*/urls.py", "sabir/*/plugs.py"):
        named = {node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)}
        assert not named & {"everything", "objects", "select_for_update", "_base_manager"}, (
            f"{path}: ask a query, call a verb"
        )


def test_another_rooms_rows_are_not_written() -> None:
    """`.objects`, `.save`, `.delete` on a name imported from another room's public."""
    for path in sources("sabir/**/*.py"):
        room = path.relative_to(HOUSE).parts[0]
        foreign = {
            name
            for module, name in imports(path)
            if module.startswith("sabir.") and module.split(".")[1] != room and name[:1].isupper()
        }
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                used = node.value.id in foreign and node.attr in WRITES
                assert not used, f"{path}:{node.lineno}: {node.value.id} is another room's; ask that room's public"


def views(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, object]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from views(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.callback


def test_every_view_has_a_door() -> None:
    open_views = [address for address, view in views(get_resolver()) if not getattr(view, "door", "")]
    assert open_views == [], "put a door of sabir.web.public.doors on each"


def test_every_verb_says_who_may() -> None:
    from sabir.law.public import RIGHTS

    assert all(RIGHTS[name] for name in VERBS)


def test_every_socket_is_listed_and_explained() -> None:
    listed = (ROOT / "docs" / "sockets.md").read_text()
    missing = [name for name in SOCKETS if f"`{name}`" not in listed]
    assert missing == [], "add them to docs/sockets.md"


@pytest.mark.parametrize(
    "path",
    sources("sabir/**/*.py", "config/*.py", "tests/**/*.py", "bench/*.py"),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_no_file_is_too_long(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONG, "split it by noun"


def test_templates_hold_no_inline_script_or_style() -> None:
    for path in ROOT.glob("sabir/**/*.html"):
        text = path.read_text()
        assert not [word for word in (" style=", "<style", " onclick") if word in text], (
            f"{path}: the policy forbids it"
        )


def test_migrations_are_up_to_date(db: None) -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
