"""Months and quarters as codes. No Django: a statistician can read this file alone."""

import re
from datetime import date

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def month(day: date) -> str:
    """The month of a day, `2026-11`."""
    return f"{day.year:04d}-{day.month:02d}"


def quarter(day: date) -> str:
    """The quarter of a day, `2026Q4`."""
    return f"{day.year:04d}Q{(day.month + 2) // 3}"


def is_month(text: str) -> bool:
    """Whether this is a month written as `2026-11`."""
    return MONTH.fullmatch(text) is not None
