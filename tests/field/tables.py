"""Forms as Markdown tables, the notation in which people write XLSForms down, made into workbooks and into XForms."""

import io
import re
from functools import lru_cache

import openpyxl

from sabir.field import xlsform_child
from sabir.field.xform import Plan, Problem, check
from sabir.field.xlsform import Converted

SABIR = 'sabir="https://rsmms.net/sabir/xforms"'
YES_NO = """
    | choices | list_name | name | label |
    |         | yes_no    | yes  | Yes   |
    |         | yes_no    | no   | No    |
"""


def sheets(table: str) -> dict[str, list[list[str]]]:
    """Sheet -> rows. The first cell of a line names the sheet its lines belong to; an empty one goes on with it."""
    found: dict[str, list[list[str]]] = {}
    name = ""
    for line in filter(str.strip, table.splitlines()):
        first, *cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        name = first or name
        found.setdefault(name, []).append([cell.replace(r"\|", "|") for cell in cells])
    return found


@lru_cache(maxsize=200)
def workbook(table: str) -> bytes:
    """The table as an .xlsx, with a settings sheet (form id, version, our namespace) where it has none."""
    settings = {"settings": [["form_id", "version", "namespaces"], ["visit", "1", SABIR]]}
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in {**settings, **sheets(table)}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([cell or None for cell in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@lru_cache(maxsize=200)
def converted(table: str) -> Converted:
    """The table as an XForm; each is converted once in a test run."""
    return convert_here(workbook(table))


def convert_here(content: bytes, *, stem: str = "visit") -> Converted:
    """As `xlsform.convert`, in this process, because a child for each of some hundred forms takes minutes."""
    told = xlsform_child.converted(content, stem)
    problems = [Problem.from_json(problem) for problem in told["problems"]]
    itemsets = told.get("itemsets")
    return Converted(
        str(told.get("xml", "")).encode(), problems, told.get("rows", {}), itemsets.encode() if itemsets else None
    )


def xform(table: str) -> bytes:
    """The XForm of a table that must convert."""
    result = converted(table)
    assert result.xml, result.problems
    return result.xml


def judged(table: str) -> tuple[Plan, list[Problem]]:
    """The plan and what is said about the form, by row."""
    result = converted(table)
    plan, problems = check(xform(table))
    return plan, [result.placed(problem) for problem in problems]


def said(table: str) -> list[tuple[str, str | None]]:
    """(code, column) of each problem."""
    return [(problem.code, problem.column) for problem in judged(table)[1]]
