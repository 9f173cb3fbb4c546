"""A query whose SQL is written once: Django takes longer to write a small query than the database to answer it.

For the few questions that every arriving report asks. Everything else says what it wants through managers.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
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


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model in one statement, giving each the id the database drew.

    As `bulk_create` does, at half its price: an arriving report becomes a dozen kinds of rows. Every value still
    passes through its column, which refuses what has not its shape.
    """
    if not rows:
        return
    model = type(rows[0])
    columns = _columns(model)
    params = [kind.get_db_prep_save(column.pre_save(row, True), connection) for row in rows for column, kind in columns]
    drawn = not _brings_its_key(model)
    with connection.cursor() as cursor:
        cursor.execute(_insert_sql(model, len(rows), connection.vendor), params)
        ids = [found[0] for found in cursor.fetchall()] if drawn else []
    for row, pk in zip(rows, ids or [row.pk for row in rows], strict=True):
        row.pk = pk
        row._state.adding, row._state.db = False, connection.alias


@lru_cache(maxsize=200)
def _columns(model: type[models.Model]) -> tuple[tuple[Any, Any], ...]:
    """Each column with the column that gives its values their shape: for a key to another row, that row's key."""
    columns = [column for column in model._meta.concrete_fields if not isinstance(column, models.AutoField)]
    # Django looks the other row's key up anew for each value, which costs more than the value.
    return tuple((column, getattr(column, "target_field", column)) for column in columns)


@lru_cache(maxsize=200)
def _brings_its_key(model: type[models.Model]) -> bool:
    return not isinstance(model._meta.pk, models.AutoField)


@lru_cache(maxsize=500)
def _insert_sql(model: type[models.Model], rows: int, vendor: str) -> str:
    quote, columns = connection.ops.quote_name, _columns(model)
    names = ", ".join(quote(column.column) for column, _ in columns)
    places = ", ".join(["(" + ", ".join(["%s"] * len(columns)) + ")"] * rows)
    drawn = "" if _brings_its_key(model) else f" RETURNING {quote(str(model._meta.pk.column))}"
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES {places}{drawn}"  # noqa: S608 - no value in it
