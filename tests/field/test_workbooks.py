"""Workbooks, through the real child process: what becomes a form, and what is said, by sheet and row."""

import io
import os
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from sabir.field import xlsform
from sabir.field.problems import TEXTS, Said
from sabir.field.publishing import read_form
from sabir.field.xform import Problem, Refused, errors
from sabir.field.xlsform import convert

from .tables import YES_NO, converted, workbook

GOOD = "| survey | type | name | label |\n| | text | who | Who? |" + YES_NO


def told(samples, name: str) -> list[Problem]:
    return list(read_form((samples / "xlsforms" / name).read_bytes(), name)[2])


@pytest.mark.parametrize(
    ("name", "form_id", "columns"),
    [
        ("simple.xlsx", "simple", 2),
        ("simple_repeat.xlsx", "simple_repeat", 6),
        ("choice_filter_test.xlsx", "cascading_selects1", 3),
    ],
)
def test_the_good_samples_become_forms(samples, name, form_id, columns):
    plan, _converted, problems = read_form((samples / "xlsforms" / name).read_bytes(), name)
    assert plan.form_id == form_id
    assert len(plan.columns) == columns
    assert errors(list(problems)) == []


@pytest.mark.parametrize(
    ("name", "code", "row"),
    [
        ("bad_calc.xlsx", "xpath.open_quote", 2),
        ("duplicate_columns.xlsx", "workbook.column_twice", 1),
        ("excel_with_macros.xlsm", "workbook.macros", 1),
    ],
)
def test_the_bad_samples_are_refused_by_sheet_and_row(samples, name, code, row):
    found = errors(told(samples, name))
    assert [(p.code, p.sheet, p.row) for p in found] == [(code, "survey", row)]


def test_the_converters_own_warnings_are_passed_on(samples):
    warned = [p for p in told(samples, "excel_with_macros.xlsm") if p.severity == "warning"]
    assert [(p.code, p.sheet, p.row) for p in warned] == [("workbook.language_incomplete", "survey", 1)]
    assert "English (en)" in Said(warned[0]).text


@pytest.mark.parametrize("name", ["tutorial.xls", "widgets.xls", "ifrc-distribution-site-assessment-v1.xlsx"])
def test_old_workbooks_are_read_whatever_their_name(samples, name):
    assert errors(told(samples, name)) == []


def test_a_fake_workbook_is_refused(samples):
    answer = convert((samples / "hostile" / "fake.xlsx").read_bytes(), stem="fake")
    assert [p.code for p in answer.problems] == ["workbook.unreadable"]


@pytest.mark.parametrize("content", [b"", b"PK", b"hello", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_what_is_no_workbook_is_refused(content):
    assert [p.code for p in convert(content, stem="x").problems] == ["workbook.unreadable"]


def with_entry(content: bytes, name: str, data: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, data)
    return out.getvalue()


def test_a_workbook_that_unpacks_to_far_too_much_is_refused():
    bomb = with_entry(workbook(GOOD), "xl/media/zeros.bin", bytes(60_000_000))
    assert [p.code for p in convert(bomb, stem="x").problems] == ["workbook.bomb"]


def test_a_workbook_with_programs_in_it_is_refused():
    told = convert(with_entry(workbook(GOOD), "xl/vbaProject.bin", b"Sub"), stem="x").problems
    assert [p.code for p in errors(told)] == ["workbook.macros"]


def test_a_workbook_that_is_too_large_is_not_even_opened():
    with pytest.raises(Refused):
        convert(b"PK" + bytes(xlsform.WORKBOOK_BYTES), stem="x")


def test_a_conversion_that_does_not_end_is_ended():
    with pytest.raises(Refused) as refused:
        convert(workbook(GOOD), stem="x", seconds=0)
    assert refused.value.problem.code == "workbook.too_slow"


def test_a_converter_that_dies_is_a_problem_and_no_exception(monkeypatch):
    monkeypatch.setattr(xlsform, "CHILD", "import os; os.kill(os.getpid(), 9)")
    assert [p.code for p in convert(workbook(GOOD), stem="x").problems] == ["workbook.too_slow"]
    monkeypatch.setattr(xlsform, "CHILD", "raise SystemExit(3)")
    assert [p.code for p in convert(workbook(GOOD), stem="x").problems] == ["workbook.not_converted"]
    monkeypatch.setattr(xlsform, "CHILD", "print('hello')")
    assert [p.code for p in convert(workbook(GOOD), stem="x").problems] == ["workbook.not_converted"]


def test_the_child_has_limits_and_no_django(monkeypatch):
    monkeypatch.setattr(
        xlsform,
        "CHILD",
        "import sys, json, resource; sys.path.insert(0, sys.argv[1])\n"
        "from sabir.field import xlsform_child as c; c.shut_in()\n"
        "limits = {n: resource.getrlimit(getattr(resource, n))[0] for n in ('RLIMIT_CPU', 'RLIMIT_AS', 'RLIMIT_CORE')}\n"
        "print(json.dumps({'xml': json.dumps([limits, 'django' in sys.modules, sorted(__import__('os').environ)])}))",
    )
    os.environ["SABIR_TEST_SECRET"] = "x"
    xml = convert(workbook(GOOD), stem="x").xml.decode()
    assert '"RLIMIT_CPU": 20' in xml
    assert '"RLIMIT_AS": 1073741824' in xml
    assert "false" in xml
    assert "SABIR_TEST_SECRET" not in xml


def test_memory_is_limited(monkeypatch):
    monkeypatch.setattr(
        xlsform,
        "CHILD",
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from sabir.field import xlsform_child as c; c.shut_in(); bytearray(2 << 30)",
    )
    assert [p.code for p in convert(workbook(GOOD), stem="x").problems] == ["workbook.not_converted"]


@pytest.mark.parametrize(
    ("table", "sheet", "row"),
    [
        ("| survey | type | name | label |\n| | text | a | A |\n| | text | b | ${nobody} |", "survey", 3),
        ("| survey | type | name | label |\n| | text | a | A |\n| | select_one yn | b | B |" + YES_NO, "survey", 3),
        ("| survey | type | name | label |\n| | begin_group | g | G |\n| | text | a | A |", "survey", 2),
        ("| survey | type | name | label |\n| | text | a b | A |", "survey", 2),
        ("| survey | type | name | label |\n| | text | a | A |\n| | text | a | A |", "survey", 3),
        ("| survey | type | name | label |\n| | wishes | a | A |", "survey", 2),
        (GOOD + "    |         | yes_no    | no   | No    |", "choices", 4),
    ],
)
def test_the_converters_refusals_name_sheet_and_row(table, sheet, row):
    found = errors(list(converted(table).problems))
    assert [(p.code, p.sheet, p.row) for p in found] == [("workbook.pyxform_refused", sheet, row)]


def test_a_workbook_without_a_survey_says_so():
    assert "workbook.no_survey" in [p.code for p in converted("| choices | list_name | name | label |").problems]


def test_columns_named_twice_are_named_with_their_letters():
    found = errors(list(converted("| survey | type | name | label | label |\n| | text | a | A | B |").problems))
    assert (found[0].code, found[0].row, found[0].params["places"]) == ("workbook.column_twice", 1, "C, D")


def test_rows_are_known_through_groups_and_repeats():
    rows = converted(
        """
        | survey | type         | name | label |
        |        | text         | a    | A     |
        |        |              |      |       |
        |        | begin repeat | r    | R     |
        |        | begin_group  | g    | G     |
        |        | text         | b    | B     |
        |        | end_group    |      |       |
        |        | end repeat   |      |       |
        |        | text         | c    | C     |
        """
    ).rows
    assert (rows["a"], rows["r/g/b"], rows["c"]) == (2, 6, 9)


def test_the_form_is_called_like_its_file_where_it_has_no_id():
    book = openpyxl.Workbook()
    book.active.title = "survey"
    for row in (["type", "name", "label"], ["text", "who", "Who?"]):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    assert b'id="visites"' in convert(content.getvalue(), stem="visites").xml


def test_every_code_in_the_room_has_words():
    room = Path(xlsform.__file__).parent
    source = "".join(path.read_text() for path in [*room.glob("x*.py"), room / "publishing.py", room / "services.py"])
    kinds = "xml|xform|form|class|fact|consent|xpath|web|media|workbook|report"
    used = set(re.findall(rf"""["']((?:{kinds})\.[a-z_0-9]+)["']""", source))
    assert used - set(TEXTS) == set()
    assert set(TEXTS) - used == set()
