"""From a file to a published form: read, convert, judge, keep. Problems come back instead of exceptions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from sabir.kernel.public import Actor, NotNow
from sabir.network.public import Organisation

from . import services
from .files import MEDIA_BYTES, is_good_name
from .models import FormVersion
from .problems import Said
from .xform import Plan, Problem, Refused, check, errors
from .xlsform import WORKBOOK_BYTES, Converted, convert

WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
WORKBOOK_NAMES = (".xlsx", ".xls", ".xlsm")


@dataclass(frozen=True)
class Published:
    """What became of a file. `version_row` is None where an error kept it from being published."""

    form_id: str
    version: str
    problems: tuple[Said, ...]
    version_row: FormVersion | None = None

    @property
    def refused(self) -> bool:
        return self.version_row is None


def publish_file(actor: Actor, organisation: Organisation, path: Path, media: Iterable[Path] = ()) -> Published:
    """Publish the XLSForm or XForm at `path` with its media files. Raises OSError where a file cannot be read."""
    files = {item.name: item.read_bytes() for item in media}
    return publish_bytes(actor, organisation, path.read_bytes(), name=path.name, media=files)


def publish_bytes(
    actor: Actor, organisation: Organisation, content: bytes, *, name: str, media: Mapping[str, bytes] | None = None
) -> Published:
    """Publish a form from its bytes; `name` is the file's name, from which a form without an id takes one."""
    try:
        plan, converted, problems = read_form(content, name)
    except Refused as refused:
        return Published("", "", (Said(refused.problem),))
    files, of_media = _media(plan, {**_itemsets(converted), **(media or {})})
    found = [*problems, *of_media]
    version, refusal = (None, []) if errors(found) else _kept(actor, organisation, converted.xml, plan, files)
    return Published(plan.form_id, plan.version, tuple(Said(problem) for problem in found + refusal), version)


@lru_cache(maxsize=2)
def read_form(content: bytes, name: str) -> tuple[Plan, Converted, list[Problem]]:
    """The plan of a form, its XML, and all that is to be said about it, by sheet and row where it was a workbook.

    Remembered, because one form is often published for many unions in a row and converting takes seconds.
    """
    path = Path(name)
    if path.suffix.lower() not in WORKBOOK_NAMES and not content.startswith(WORKBOOKS):
        plan, problems = check(content)
        return plan, Converted(content), problems
    converted = convert(content[: WORKBOOK_BYTES + 1], stem=path.stem)
    if not converted.xml:
        return Plan("", "", {}, (), ()), converted, converted.problems
    plan, problems = check(converted.xml)
    return plan, converted, [*converted.problems, *(_placed(converted, problem) for problem in problems)]


def _placed(converted: Converted, problem: Problem) -> Problem:
    """A problem of the whole form stands on the settings sheet, one of a column in its row."""
    if problem.column is None:
        return replace(problem, sheet="settings")
    return converted.placed(problem)


def _itemsets(converted: Converted) -> dict[str, bytes]:
    return {"itemsets.csv": converted.itemsets} if converted.itemsets else {}


def _media(plan: Plan, given: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[Problem]]:
    """The files that the form uses, and what is to be said about those it does not or that are missing."""
    problems = [Problem("media.missing", "warning", params={"name": name}) for name in plan.media if name not in given]
    problems += [
        Problem("media.not_used", "warning", params={"name": name}) for name in given if name not in plan.media
    ]
    used = {name: content for name, content in given.items() if name in plan.media}
    for name, content in used.items():
        if not is_good_name(name):
            problems.append(Problem("media.bad_name", params={"name": name[:120]}))
        if len(content) > MEDIA_BYTES:
            problems.append(Problem("media.too_large", params={"name": name[:120], "limit": str(MEDIA_BYTES)}))
    return used, problems


def _kept(
    actor: Actor, organisation: Organisation, xml: bytes, plan: Plan, files: dict[str, bytes]
) -> tuple[FormVersion | None, list[Problem]]:
    try:
        return services.publish_form(actor, organisation, content=xml, plan=plan, media=files), []
    except NotNow as refusal:
        params = {"version": plan.version, "name": ", ".join(files)[:120]}
        return None, [Problem(refusal.code, sheet=None, params=params)]
