"""What a form must be before a union publishes it, by the classes of docs/data-map.md.

Everything not declared a fact is sealed. So a fact, which is kept in clear, must be a closed choice or a month, and
nothing sealed may show through it: not by its calculation, default, list or limits, nor by whether it is asked at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .xform_model import Model, read_model
from .xform_plan import CLASSES, FACT, IDENTITY, LISTS, Column, Plan, is_yes, plan_of
from .xform_problem import Problem
from .xform_xpath import BadXPath, Path, References, references

# What the web form draws. The kinds without a control (calculate, metadata) are never drawn.
DRAWN = frozenset(
    """text integer decimal date time dateTime select1 select rank image audio video file geopoint barcode trigger
    range note calculate metadata""".split()
)
# What it draws plainly, without the help these words ask for.
PLAINLY = frozenset({"signature", "draw", "annotate"})
PLAIN_APPEARANCES = ("image-map", "map", "placement-map", "printer:", "ex:", "bearing")
MOST_COLUMNS = 5_000
CODE = re.compile(r"^[A-Za-z0-9_.:/+-]{1,64}$")
FORM_ID = re.compile(r"^[A-Za-z0-9_.:/+-]{1,100}$")
CODE_PATH = re.compile(r"^[A-Za-z0-9_./-]{1,200}$")
NOT_CLOSED = {
    "text": "fact.free_text",
    "barcode": "fact.free_text",
    "date": "fact.exact_day",
    "dateTime": "fact.exact_day",
    "time": "fact.exact_day",
    "integer": "fact.exact_number",
    "decimal": "fact.exact_number",
    "range": "fact.exact_number",
}
CONSENTS = ("consent_record", "consent_count")
# Where a bind says something that could tell what another answer was.
TELLING = ("calculate", "relevant", "constraint", "required", "readonly")


def check(raw: bytes) -> tuple[Plan, list[Problem]]:
    """The plan of a form and all that is to be said about it; Refused if it cannot be read at all."""
    model = read_model(raw)
    plan = plan_of(model)
    if len(plan.columns) > MOST_COLUMNS:
        return plan, [Problem("form.too_many_questions", params={"limit": str(MOST_COLUMNS)})]
    return plan, [
        *_form_problems(plan, model),
        *_class_problems(plan, model),
        *_expression_problems(model),
        *_Leaks(plan, model).problems(),
        *_consent_problems(plan),
        *_undrawn(plan, model),
    ]


def _form_problems(plan: Plan, model: Model) -> Iterator[Problem]:
    if not FORM_ID.match(plan.form_id):
        yield Problem("form.bad_id", params={"form_id": plan.form_id[:40]})
    if plan.version and not CODE.match(plan.version):
        yield Problem("form.bad_version", params={"version": plan.version[:40]})
    if plan.opens not in ("case", "nothing"):
        yield Problem("form.opens_unknown", params={"word": plan.opens[:40]})
    if plan.encrypted:
        yield Problem("form.encrypted")
    if plan.client_editable:
        yield Problem("form.client_editable")
    if not plan.columns:
        yield Problem("form.empty")
    yield from _form_warnings(model)


def _form_warnings(model: Model) -> Iterator[Problem]:
    if model.entities:
        yield Problem("form.entities_not_used", "warning")
    if (*model.top, "meta", "instanceID") not in model.nodes:
        yield Problem("form.no_instance_id", "warning")


def _class_problems(plan: Plan, model: Model) -> Iterator[Problem]:
    for column in plan.columns:
        if column.secrecy not in CLASSES:
            yield Problem("class.unknown", column=column.path, params={"word": column.secrecy[:40]})
        elif column.secrecy == FACT:
            yield from _fact_problems(column, model)
        finder = model.bind(_node(model, column)).sabir.get("finder", "")
        if is_yes(finder) and column.secrecy != IDENTITY:
            yield Problem("class.finder_not_identity", "warning", column=column.path)
    for path, bind in model.binds.items():
        if "class" in bind.sabir and path not in model.leaves:
            yield Problem("class.on_group", "warning", column="/".join(path[1:]))


def _fact_problems(column: Column, model: Model) -> Iterator[Problem]:
    if column.binary:
        yield Problem("fact.file", column=column.path)
    elif column.kind in LISTS and column.choices is None:
        yield Problem("fact.open_list", column=column.path)
    elif not column.month and column.kind not in LISTS:
        code = NOT_CLOSED.get(column.kind, "fact.not_closed")
        yield Problem(code, column=column.path, params={"kind": column.kind})
    bad = next((choice for choice in column.choices or () if not CODE.match(choice)), None)
    if bad is not None:
        yield Problem("fact.choice_not_a_code", column=column.path, params={"choice": bad[:40]})
    if not CODE_PATH.match(column.path):
        yield Problem("fact.path_not_a_code", column=column.path)
    if "preload" in model.bind(_node(model, column)).said:
        yield Problem("fact.preload", column=column.path)


def _node(model: Model, column: Column) -> Path:
    return (*model.top, *column.path.split("/"))


def _expressions(model: Model) -> Iterator[tuple[Path, str, str]]:
    """(node, where it stands, expression) for every expression in the form."""
    for path, bind in model.binds.items():
        yield from ((path, name, bind.said[name]) for name in TELLING if bind.said.get(name, "").strip())
    for path, count in model.repeats.items():
        if count.strip():
            yield path, "repeat_count", count
    for path, control in model.controls.items():
        if control.itemset:
            yield path, "choice_filter", control.itemset
    for setting in model.settings:
        if setting.value.strip():
            yield setting.target, "default", setting.value


def _expression_problems(model: Model) -> Iterator[Problem]:
    for path, place, expression in _expressions(model):
        column = "/".join(path[1:])
        try:
            found = references(expression, path)
        except BadXPath as wrong:
            yield Problem(wrong.code, column=column, params={"place": place, "word": wrong.word})
            continue
        lost = next((reference for reference in found.paths if reference and reference not in model.nodes), None)
        if lost is not None and not _is_attribute_of_meta(path):
            yield Problem("xpath.unknown_question", column=column, params={"place": place, "word": lost[-1][:40]})


def _is_attribute_of_meta(path: Path) -> bool:
    return len(path) > 1 and path[1] == "meta"


class _Leaks:
    """Follows every expression a fact hangs on, through other columns, until it meets something sealed."""

    def __init__(self, plan: Plan, model: Model) -> None:
        self.model = model
        self.sealed = {_node(model, c) for c in plan.columns if c.secrecy != FACT and c.kind != "note"}
        self.facts = [column for column in plan.columns if column.secrecy == FACT]
        self.looks_at: dict[Path, list[tuple[str, References]]] = {}
        for path, place, expression in _expressions(model):
            self._remember(path, place, expression)
        for setting in model.settings:
            if setting.trigger:
                self._add(setting.target, "trigger", References({setting.trigger}))

    def _remember(self, path: Path, place: str, expression: str) -> None:
        try:
            found = references(expression, path)
        except BadXPath:
            found = References(everything=True)
        found.paths.discard(path)  # a limit on one's own answer tells nothing about another
        self._add(path, place, found)

    def _add(self, path: Path, place: str, found: References) -> None:
        self.looks_at.setdefault(path, []).append((place, found))

    def problems(self) -> Iterator[Problem]:
        for column in self.facts:
            found = self._first_sealed(_node(self.model, column))
            if found:
                place, path = found
                params = {"place": place, "sealed": "/".join(path[1:])}
                yield Problem("fact.depends_on_sealed", column=column.path, params=params)

    def _first_sealed(self, fact: Path) -> tuple[str, Path] | None:
        seen: set[Path] = set()
        ahead: list[tuple[str, Path]] = [("", fact)]
        while ahead:
            origin, node = ahead.pop()
            for place, reference in self._hangs_on(node):
                first = origin or place
                if reference in self.sealed:
                    return first, reference
                if reference not in seen:
                    seen.add(reference)
                    ahead.append((first, reference))
        return None

    def _hangs_on(self, node: Path) -> Iterator[tuple[str, Path]]:
        """Every node that the answer at `node`, or its being asked, depends on; a group stands for all inside it."""
        for length in range(len(node), 0, -1):
            for place, found in self.looks_at.get(node[:length], ()):
                if found.everything:
                    yield from ((place, path) for path in sorted(self.sealed))
                for path in sorted(found.paths):
                    yield place, path
                    if path not in self.model.leaves:
                        yield from ((place, leaf) for leaf in self.model.leaves if leaf[: len(path)] == path)


def _consent_problems(plan: Plan) -> Iterator[Problem]:
    for column in plan.columns:
        if column.name not in CONSENTS:
            continue
        closed = column.kind == "select1" and set(column.choices or ()) == {"yes", "no"}
        alone = plan.named(column.name) is column
        if not (closed and alone and column.secrecy == FACT):
            yield Problem("consent.not_yes_no", column=column.path)


def _undrawn(plan: Plan, model: Model) -> Iterator[Problem]:
    for column in plan.columns:
        control = model.controls.get(_node(model, column))
        words = control.said.get("appearance", "").split() if control else []
        odd = next((word for word in words if word in PLAINLY or word.startswith(PLAIN_APPEARANCES)), None)
        if column.kind not in DRAWN | PLAINLY:
            yield Problem("web.cannot_draw", "warning", column=column.path, params={"kind": column.kind})
        elif odd:
            yield Problem("web.drawn_plainly", "warning", column=column.path, params={"word": odd[:40]})
