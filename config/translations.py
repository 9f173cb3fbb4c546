"""The catalogues: extracted and compiled with Babel, so that a machine without gettext's programs can do it.

English is the language of the message ids; the other five languages have a catalogue each.
"""

import ast
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from sabir.kernel.public import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "sabir" / "web" / "locale"
TRANSLATED = [language for language in LANGUAGES if language != "en"]
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "_": None,
    "_lazy": None,
    "N_": None,
}
LITERAL = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(?:_|gettext|ngettext)\(\s*u?({LITERAL})(?:\s*,\s*u?({LITERAL}))?", re.DOTALL)

Found = tuple[str | tuple[str, ...], str]


def compile_catalogues() -> None:
    """Write a .mo beside each .po that is newer than it."""
    for source in LOCALE.glob("*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime <= source.stat().st_mtime:
            # Written aside and renamed, because another process may be reading, or compiling as well.
            aside = target.with_suffix(f".{os.getpid()}")
            with aside.open("wb") as file:
                write_mo(file, read(source))
            aside.replace(target)


def extract() -> None:
    """Bring every catalogue up to date with the texts in code and templates; new ones stand empty."""
    template = Catalog()
    for texts, place in _texts():
        template.add(texts, locations=[(place, 0)])
    for language in TRANSLATED:
        path = _path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = read(path) if path.exists() else Catalog(locale=language)
        catalogue.update(template, no_fuzzy_matching=True)
        _plain_header(catalogue)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, width=110, sort_output=True, include_lineno=False)


def _plain_header(catalogue: Catalog) -> None:
    """No names and no dates: a catalogue changes only where a text does."""
    catalogue.fuzzy = False
    catalogue.project, catalogue.version = "Sabir", ""
    catalogue.msgid_bugs_address = catalogue.copyright_holder = catalogue.last_translator = catalogue.language_team = (
        "Sabir"
    )
    catalogue.header_comment = "# The interface of Sabir. Licence: AGPL-3.0-or-later."
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 11, 22, tzinfo=UTC)


def missing() -> list[str]:
    """`language: text` for everything untranslated, fuzzy, wrongly formatted, or no longer used."""
    used = {_id(texts) for texts, _ in _texts()}
    found = []
    for language in TRANSLATED:
        path = _path(language)
        catalogue = read(path) if path.exists() else Catalog(locale=language)
        known = {_id(message.id): message for message in catalogue if message.id}
        found += [f"{language}: missing: {text}" for text in sorted(used - known.keys())]
        found += [f"{language}: no longer used: {text}" for text in sorted(known.keys() - used)]
        found += [f"{language}: {fault}: {text}" for text, one in known.items() if (fault := _fault(one, catalogue))]
    return found


def read(path: Path) -> Catalog:
    """A catalogue from its file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def _fault(message: Message, catalogue: Catalog) -> str | None:
    several = message.string if isinstance(message.string, tuple | list) else [message.string]
    strings = [text or "" for text in several]
    if message.fuzzy:
        return "fuzzy"
    if not all(strings) or (isinstance(message.id, tuple | list) and len(strings) != catalogue.num_plurals):
        return "untranslated"
    named = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
    wanted = set(named.findall(_id(message.id)))
    # A plural form may leave the number out: Arabic says "one" and "two" in words.
    if any(not set(named.findall(text)) <= wanted for text in strings):
        return "unknown placeholder"
    if isinstance(message.id, str) and set(named.findall(strings[0])) != wanted:
        return "placeholder left out"
    return None


def _id(texts: str | tuple[str, ...] | list[str]) -> str:
    return texts if isinstance(texts, str) else texts[0]


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _texts() -> Iterator[Found]:
    """Every text in the code and the templates, with the file it stands in."""
    for path in sorted(ROOT.glob("sabir/**/*.py")) + sorted(ROOT.glob("config/*.py")):
        for _, texts, _, _ in extract_from_file("python", path, keywords=KEYWORDS):  # type: ignore[misc]
            if texts and texts != ("", ""):
                yield (tuple(texts) if isinstance(texts, tuple | list) else texts), str(path.relative_to(ROOT))
    for path in sorted(ROOT.glob("sabir/**/templates/**/*.html")):
        for single, plural in CALL.findall(templatize(path.read_text(encoding="utf-8"))):
            one = ast.literal_eval(single)
            many = ast.literal_eval(plural) if plural else None
            yield ((one, many) if many else one), str(path.relative_to(ROOT))
