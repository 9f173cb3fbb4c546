"""An XForm as one reads it aloud: its nodes, what binds them, what shows them, its lists and its languages.

`read_model` is the only reader of form XML; the plan and the rules look at its result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from .xform_problem import Refused
from .xform_xml import FORM_BYTES, FORM_ELEMENTS, local, namespace, read_xml
from .xform_xpath import Path

SABIR = "https://rsmms.net/sabir/xforms"
JAVAROSA = "http://openrosa.org/javarosa"
OPENROSA = "http://openrosa.org/xforms"
ODK = "http://www.opendatakit.org/xforms"

CONTROLS = frozenset({"input", "select1", "select", "rank", "upload", "trigger", "range", "secret"})
LIST_CALL = re.compile(r"instance\(\s*['\"]([^'\"]+)['\"]\s*\)([\w/:.-]*)")
ITEXT_CALL = re.compile(r"jr:itext\(\s*['\"](.+)['\"]\s*\)")
MEDIA_URI = re.compile(r"^jr://(?:images|audio|video|file|file-csv)/([^/]+)$")


@dataclass(slots=True)
class Bind:
    """A bind's attributes by local name, Sabir's own apart."""

    said: dict[str, str] = field(default_factory=dict)
    sabir: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be chosen, with its label: an id in the form's texts, or the words themselves."""

    value: str
    text_id: str = ""
    words: str = ""


@dataclass(slots=True)
class Control:
    """What is drawn for a node. `choices` is None where the list is not closed inside the form."""

    tag: str
    said: dict[str, str]
    label: Element | None = None
    itemset: str | None = None
    choices: tuple[Choice, ...] | None = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """A setvalue: `target` receives `value` when the form opens, or when the answer at `trigger` changes."""

    target: Path
    value: str
    trigger: Path | None


@dataclass(slots=True)
class Model:
    root: Element
    title: str
    leaves: dict[Path, None] = field(default_factory=dict)
    nodes: set[Path] = field(default_factory=set)
    binds: dict[Path, Bind] = field(default_factory=dict)
    controls: dict[Path, Control] = field(default_factory=dict)
    repeats: dict[Path, str] = field(default_factory=dict)
    settings: list[Setting] = field(default_factory=list)
    lists: dict[str, Element | None] = field(default_factory=dict)
    listed: dict[tuple[str, ...], tuple[Choice, ...]] = field(default_factory=dict)
    texts: dict[str, dict[str, Element]] = field(default_factory=dict)
    default_language: str | None = None
    submission: dict[str, str] = field(default_factory=dict)
    media: list[str] = field(default_factory=list)
    entities: bool = False

    @property
    def top(self) -> Path:
        return (local(self.root.tag),)

    def bind(self, path: Path) -> Bind:
        return self.binds.get(path) or Bind()


def read_model(raw: bytes) -> Model:
    """Read an XForm; Refused with `xml.*` if it is no safe XML, with `xform.*` if it is no form."""
    html = read_xml(raw, limit=FORM_BYTES, elements=FORM_ELEMENTS)
    model_element = next((e for e in html.iter() if local(e.tag) == "model"), None)
    if local(html.tag) != "html" or model_element is None:
        raise Refused("xform.not_a_form")
    model = Model(root=_primary(model_element), title=_title(html))
    _nodes(model, model.root, model.top)
    _model_children(model, model_element)
    body = next((e for e in html if local(e.tag) == "body"), None)
    if body is not None:
        _Body(model).walk(body, model.top, None)
    model.media = _media(html, model)
    model.entities = any("entities" in namespace(name) for name in model_element.attrib) or any(
        local(e.tag) == "entity" for e in model.root.iter()
    )
    return model


def _title(html: Element) -> str:
    title = next((e for e in html.iter() if local(e.tag) == "title"), None)
    return " ".join("".join(title.itertext()).split()) if title is not None else ""


def _primary(model: Element) -> Element:
    instance = next((e for e in model if local(e.tag) == "instance"), None)
    if instance is None or len(instance) == 0:
        raise Refused("xform.no_instance")
    return instance[0]


def _nodes(model: Model, element: Element, path: Path) -> None:
    model.nodes.add(path)
    if len(element) == 0 and len(path) > 1:
        model.leaves[path] = None
    for child in element:
        _nodes(model, child, (*path, local(child.tag)))


def _model_children(model: Model, element: Element) -> None:
    for child in element:
        match local(child.tag):
            case "bind":
                _bind(model, child)
            case "setvalue" | "setgeopoint" | "recordaudio":
                model.settings.append(_setting(child, model.top, None))
            case "submission":
                model.submission = {local(name): value for name, value in child.attrib.items()}
            case "instance" if child.get("id"):
                model.lists[str(child.get("id"))] = None if child.get("src") else child
            case "itext":
                _languages(model, child)


def _bind(model: Model, element: Element) -> None:
    path = where(element.get("nodeset", element.get("ref", "")), model.top)
    bind = model.binds.setdefault(path, Bind())
    for name, value in element.attrib.items():
        (bind.sabir if namespace(name) == SABIR else bind.said)[local(name)] = value


def _setting(element: Element, context: Path, trigger: Path | None) -> Setting:
    value = element.get("value") or ""
    return Setting(where(element.get("ref", ""), context), value, trigger)


def _languages(model: Model, itext: Element) -> None:
    for translation in itext:
        name = translation.get("lang", "")
        model.texts[name] = {str(text.get("id")): text for text in translation}
        if translation.get("default") is not None:
            model.default_language = name


def where(reference: str, context: Path) -> Path:
    """The node path a `ref` or `nodeset` names, predicates and namespaces left out."""
    bare = re.sub(r"\[[^\]]*\]", "", reference).strip()
    steps: list[str] = [] if bare.startswith("/") else list(context)
    for step in bare.split("/"):
        name = step.strip()
        if name == "..":
            del steps[-1:]
        elif name not in ("", "."):
            steps.append(name.rpartition(":")[2])
    return tuple(steps)


class _Body:
    """Walks the body, remembering in which group or repeat a relative reference is meant."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def walk(self, parent: Element, context: Path, trigger: Path | None) -> None:
        for element in parent:
            tag = local(element.tag)
            reference = element.get("ref") or element.get("nodeset") or element.get("bind")
            place = where(reference, context) if reference else context
            if tag == "repeat":
                self.model.repeats[place] = self._count(element)
            if tag in CONTROLS:
                self.model.controls[place] = self._control(element, place)
            if tag == "setvalue":
                self.model.settings.append(_setting(element, context, trigger))
            elif tag in CONTROLS or tag in ("group", "repeat"):
                self.walk(element, place, place if tag in CONTROLS else trigger)

    def _count(self, repeat: Element) -> str:
        return next((value for name, value in repeat.attrib.items() if local(name) == "count"), "")

    def _control(self, element: Element, place: Path) -> Control:
        control = Control(local(element.tag), {local(name): value for name, value in element.attrib.items()})
        for child in element:
            match local(child.tag):
                case "label":
                    control.label = child
                case "itemset":
                    control.itemset = child.get("nodeset", "")
                    control.choices = _listed(self.model, child)
                case "item" if control.choices is not None:
                    control.choices = (*control.choices, _item(child))
        if "search(" in control.said.get("appearance", "") or "query" in control.said:
            control.choices = None
        return control


def _item(item: Element) -> Choice:
    label = next((child for child in item if local(child.tag) == "label"), None)
    named = ITEXT_CALL.search(label.get("ref", "")) if label is not None else None
    return Choice(_text_of(item, "value"), named[1] if named else "", _text_of(item, "label"))


def _listed(model: Model, itemset: Element) -> tuple[Choice, ...] | None:
    """The values an itemset can offer, its filter left out of account; None where they come from outside the form."""
    call = LIST_CALL.search(itemset.get("nodeset", ""))
    source = model.lists.get(call[1]) if call else None
    if call is None or source is None:
        return None
    said = {local(element.tag): element.get("ref", "") for element in itemset}
    item = (where(call[2], ()) or ("item",))[-1]
    asked = (call[1], item, said.get("value", ""), said.get("label", ""))
    if asked not in model.listed:  # many questions share a list, and a list may be long
        model.listed[asked] = _items(source, *asked[1:])
    return model.listed[asked]


def _items(source: Element, item: str, value: str, label: str) -> tuple[Choice, ...]:
    named = re.fullmatch(r"jr:itext\((.+)\)", label.strip())
    place = where(value, ())[-1:]
    found: dict[str, Choice] = {}
    for element in (e for e in source.iter() if place and local(e.tag) == item):
        chosen = _text_of(element, place[0])
        words = _text_of(element, named[1].strip() if named else label)
        found.setdefault(chosen, Choice(chosen, words, "") if named else Choice(chosen, "", words))
    found.pop("", None)
    return tuple(found.values())


def _text_of(element: Element, name: str) -> str:
    return next(((child.text or "").strip() for child in element if local(child.tag) == name), "")


def _media(html: Element, model: Model) -> list[str]:
    names: dict[str, None] = {}
    for address in _addresses(html):
        match = MEDIA_URI.match(address.strip())
        if match:
            names[match[1]] = None
    if any("query" in control.said for control in model.controls.values()):
        names["itemsets.csv"] = None
    return list(names)


def _addresses(html: Element) -> Iterator[str]:
    for element in html.iter():
        tag = local(element.tag)
        if tag == "instance" and element.get("src"):
            yield str(element.get("src"))
        elif tag == "value" and element.get("form") and element.text:
            yield element.text
