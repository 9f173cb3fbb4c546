"""The standard intake form as it is shipped, as its tables build it, and as a form definition."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from openpyxl import load_workbook

FORMS = Path(__file__).resolve().parents[2] / "data" / "forms"


@pytest.fixture(scope="session")
def builder() -> ModuleType:
    """The script that builds the workbook."""
    sys.path.insert(0, str(FORMS / "build"))
    try:
        spec = importlib.util.spec_from_file_location("sabir_intake", FORMS / "build" / "sabir_intake.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.pop(0)


@pytest.fixture(scope="session")
def workbook() -> Path:
    return FORMS / "sabir_intake.xlsx"


@pytest.fixture(scope="session")
def sheets(workbook: Path) -> dict[str, list[dict[str, Any]]]:
    """Sheet name -> rows by column name, as a spreadsheet program reads them."""
    book = load_workbook(workbook, read_only=True)
    return {sheet.title: _rows(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


@pytest.fixture(scope="session")
def definition(workbook: Path) -> bytes:
    """The form definition that phones receive."""
    from pyxform.xls2xform import convert

    converted = convert(str(workbook))
    assert converted.warnings == []
    return str(converted.xform).encode()


def _rows(lines: Any) -> list[dict[str, Any]]:
    names, *rows = [list(line) for line in lines]
    return [dict(zip(names, row, strict=True)) for row in rows]
