"""A query whose SQL is written once: Django takes longer to write a small query than the database to answer it.

For the few questions that every arriving report asks. Everything else says what it wants through managers.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import QuerySet

M = TypeVar("M", bound=models.Model)


class Prepared:
    """Asks always the same question with other values.

    `build` gives the queryset of values, with each of `samples` where the value of that name is to stand; a sample
    occurs nowhere else in the query. Values are handed to the database as they are: text and numbers, no dates.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Any]], **samples: str | int) -> None:
        self._build = build
        self._named = {sample: name for name, sample in samples.items()}
        self._written: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def rows(self, **values: str | int) -> list[tuple[Any, ...]]:
        """The rows for these values, as the database gives them."""
        sql, params = self._sql()
        filled = [values[self._named[param]] if param in self._named else param for param in params]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            return list(cursor.fetchall())

    def _sql(self) -> tuple[str, tuple[Any, ...]]:
        # In a test run the two databases may take turns, and each has its own dialect.
        if connection.vendor not in self._written:
            self._written[connection.vendor] = self._build().query.sql_with_params()
        return self._written[connection.vendor]


def row_of(model: type[M], columns: Mapping[str, Any]) -> M:
    """An instance of a few columns, by name; the others are fetched when someone asks for them."""
    # Django takes the values in the order of the model's own columns, whatever order the names have.
    names = [column.attname for column in model._meta.concrete_fields if column.attname in columns]
    return model.from_db(connection.alias, names, [columns[name] for name in names])
