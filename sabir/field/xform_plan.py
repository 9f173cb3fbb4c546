"""The plan of a published form: its columns, their class and where their answers belong. What later rooms read.

The JSON of `as_json` is kept with the version and is what the web form receives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from .xform_model import ITEXT_CALL, OPENROSA, Bind, Control, Model, read_model
from .xform_problem import Refused
from .xform_xml import local
from .xform_xpath import Path

IDENTITY, NARRATIVE, DETAIL, FACT = "identity", "narrative", "detail", "fact"
CLASSES = (IDENTITY, NARRATIVE, DETAIL, FACT)
BINARY = frozenset({"image", "audio", "video", "file", "signature", "draw", "annotate"})
LISTS = frozenset({"select1", "select", "trigger"})
ACKNOWLEDGED = "OK"
UNNAMED = "und"

BY_TYPE = {
    "int": "integer",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "dateTime",
    "geopoint": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
    "barcode": "barcode",
    "binary": "file",
}
LANGUAGE_NAMES = {
    "french": "fr", "français": "fr", "francais": "fr", "english": "en", "anglais": "en", "arabic": "ar",
    "العربية": "ar", "عربي": "ar", "arabe": "ar", "spanish": "es", "español": "es", "espanol": "es",
    "italian": "it", "italiano": "it", "portuguese": "pt", "português": "pt", "portugues": "pt",
}  # fmt: skip
IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\s*\)\s*$")
CODE = re.compile(r"^[a-z]{2,3}(?:-[A-Za-z0-9]+)*$")


@dataclass(frozen=True, slots=True)
class Column:
    """One question or hidden value. `path` leaves out the root element and the numbers of repeats.

    `choices` is None where any value may come; `repeat` is the path of the innermost repeat around it, or None.
    `choice_labels` are the words of each choice, by language code like `labels`.
    """

    path: str
    name: str
    kind: str
    secrecy: str = DETAIL
    finder: bool = False
    month: bool = False
    choices: tuple[str, ...] | None = None
    repeat: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    choice_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def binary(self) -> bool:
        """Its answer is the name of a file that travels beside the report."""
        return self.kind in BINARY

    def as_json(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "name": self.name,
            "kind": self.kind,
            "class": self.secrecy,
            "finder": self.finder,
            "month": self.month,
            "choices": None if self.choices is None else list(self.choices),
            "repeat": self.repeat,
            "labels": dict(self.labels),
            "choice_labels": {choice: dict(words) for choice, words in self.choice_labels.items()},
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Column:
        choices = kept["choices"]
        return cls(
            path=kept["path"],
            name=kept["name"],
            kind=kept["kind"],
            secrecy=kept["class"],
            finder=kept["finder"],
            month=kept["month"],
            choices=None if choices is None else tuple(choices),
            repeat=kept["repeat"],
            labels=kept["labels"],
            choice_labels=kept.get("choice_labels", {}),
        )


@dataclass(frozen=True)
class Plan:
    """What a published version asks for. `title` and `labels` are by language code, `und` where a form names none."""

    form_id: str
    version: str
    title: Mapping[str, str]
    languages: tuple[str, ...]
    columns: tuple[Column, ...]
    opens: str = "case"
    media: tuple[str, ...] = ()
    encrypted: bool = False
    client_editable: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_path", {column.path: column for column in self.columns})

    def column(self, path: str) -> Column | None:
        """The column at a path without repeat numbers."""
        by_path: dict[str, Column] = self.__dict__["_by_path"]
        return by_path.get(path)

    def named(self, name: str) -> Column | None:
        """The first column called `name` outside any repeat: how fixed names like `consent_record` are found."""
        return next((c for c in self.columns if c.name == name and c.repeat is None), None)

    @property
    def binary(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.binary)

    @property
    def has_sealed_columns(self) -> bool:
        return any(column.secrecy != FACT and column.kind != "note" for column in self.columns)

    def as_json(self) -> dict[str, Any]:
        return {
            "form_id": self.form_id,
            "version": self.version,
            "title": dict(self.title),
            "languages": list(self.languages),
            "opens": self.opens,
            "columns": [column.as_json() for column in self.columns],
            "media": list(self.media),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Plan:
        return cls(
            form_id=kept["form_id"],
            version=kept["version"],
            title=kept["title"],
            languages=tuple(kept["languages"]),
            columns=tuple(Column.from_json(column) for column in kept["columns"]),
            opens=kept["opens"],
            media=tuple(kept.get("media", ())),
        )


def read_plan(raw: bytes) -> Plan:
    """The plan of a form's exact bytes; Refused (`xml.*`, `xform.*`) where they are no form. Judges no rule."""
    return plan_of(read_model(raw))


def plan_of(model: Model) -> Plan:
    languages = {name: language_code(name) for name in model.texts}
    attributes = model.root.attrib
    form_id = attributes.get("id") or _own_namespace(model)
    if not form_id:
        raise Refused("xform.no_id")
    main = languages.get(model.default_language or "", next(iter(languages.values()), UNNAMED))
    return Plan(
        form_id=form_id,
        version=attributes.get("version") or attributes.get(f"{{{OPENROSA}}}version") or "",
        title={main: model.title or form_id},
        languages=tuple(dict.fromkeys(languages.values())),
        columns=tuple(_column(model, path, languages) for path in model.leaves if not _is_meta(path)),
        opens=_by_local_name(attributes, "opens") or "case",
        media=tuple(model.media),
        encrypted="base64RsaPublicKey" in model.submission,
        client_editable=model.submission.get("client-editable") == "true",
    )


def language_code(name: str) -> str:
    """`العربية (ar)` is `ar`; a bare code or a known name gives its code; anything else is kept as written."""
    found = IN_BRACKETS.search(name)
    if found:
        return found[1].replace("_", "-")
    bare = name.strip()
    return bare if CODE.match(bare) else LANGUAGE_NAMES.get(bare.casefold(), bare or UNNAMED)


def _own_namespace(model: Model) -> str:
    own = model.root.tag[1:].partition("}")[0] if model.root.tag.startswith("{") else ""
    return "" if own == "http://www.w3.org/2002/xforms" else own


def _is_meta(path: Path) -> bool:
    return len(path) > 1 and path[1] == "meta"


def _by_local_name(attributes: Mapping[str, str], name: str) -> str | None:
    return next((value for key, value in attributes.items() if local(key) == name), None)


def _column(model: Model, path: Path, languages: Mapping[str, str]) -> Column:
    bind, control = model.bind(path), model.controls.get(path)
    kind = _kind(bind, control)
    secrecy = bind.sabir.get("class", "").strip() or DETAIL
    return Column(
        path="/".join(path[1:]),
        name=path[-1],
        kind=kind,
        secrecy=secrecy,
        finder=secrecy == IDENTITY and is_yes(bind.sabir.get("finder", "")),
        month=kind == "date" and control is not None and "month-year" in _appearance(control),
        choices=_choices(kind, control),
        repeat=_repeat(model, path),
        labels=_labels(model, control, languages),
        choice_labels=_choice_labels(model, control, languages),
    )


def is_yes(word: str) -> bool:
    return word.strip().lower() in ("yes", "true", "true()", "1")


def _appearance(control: Control) -> list[str]:
    return control.said.get("appearance", "").split()


def _kind(bind: Bind, control: Control | None) -> str:
    if control is None:
        return _hidden_kind(bind)
    if control.tag == "upload":
        return _upload_kind(control)
    if control.tag != "input":
        return control.tag if control.tag != "secret" else "text"
    if "query" in control.said:
        return "select1_external"
    by_type = BY_TYPE.get(bind.said.get("type", "string").rpartition(":")[2], "text")
    readonly = is_yes(bind.said.get("readonly", ""))
    return "note" if by_type == "text" and readonly and "calculate" not in bind.said else by_type


def _hidden_kind(bind: Bind) -> str:
    if "preload" in bind.said:
        return "metadata"
    return "file" if bind.said.get("type") == "binary" else "calculate"


def _upload_kind(control: Control) -> str:
    drawn = [word for word in _appearance(control) if word in ("signature", "draw", "annotate")]
    medium = control.said.get("mediatype", "").partition("/")[0]
    return drawn[0] if drawn else medium if medium in ("image", "audio", "video") else "file"


def _choices(kind: str, control: Control | None) -> tuple[str, ...] | None:
    if control is None or kind not in LISTS | {"rank"}:
        return None
    if kind == "trigger":
        return (ACKNOWLEDGED,)
    return None if control.choices is None else tuple(choice.value for choice in control.choices)


def _repeat(model: Model, path: Path) -> str | None:
    around = (path[:length] for length in range(len(path) - 1, 1, -1))
    return next(("/".join(group[1:]) for group in around if group in model.repeats), None)


def _labels(model: Model, control: Control | None, languages: Mapping[str, str]) -> dict[str, str]:
    if control is None or control.label is None:
        return {}
    named = ITEXT_CALL.search(control.label.get("ref", ""))
    if named is None:
        return {UNNAMED: _words([control.label])} if _words([control.label]) else {}
    return _translated(model, named[1], languages)


def _choice_labels(model: Model, control: Control | None, languages: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for choice in (control.choices or ()) if control else ():
        literal = {UNNAMED: choice.words} if choice.words else {}
        found[choice.value] = _translated(model, choice.text_id, languages) if choice.text_id else literal
    return {value: words for value, words in found.items() if words}


def _translated(model: Model, text_id: str, languages: Mapping[str, str]) -> dict[str, str]:
    found = {code: model.texts[name].get(text_id) for name, code in languages.items()}
    return {code: words for code, text in found.items() if text is not None and (words := _words(_long_form(text)))}


def _long_form(text: Element) -> list[Element]:
    return [value for value in text if not value.get("form") or value.get("form") == "long"][:1]


def _words(elements: Iterable[Element]) -> str:
    """The words of a label; a value shown inside it becomes an ellipsis."""
    parts: list[str] = []
    for element in elements:
        parts.append(element.text or "")
        for child in element:
            parts += ["…" if local(child.tag) == "output" else "", child.tail or ""]
    return " ".join("".join(parts).split())
