"""The columns that rooms with confidential rows may have: codes, digests, sealed bytes, a few titles; no text.

A test walks the models of `cases`, `field`, `ledger` and `observatory` and refuses any other text column.
"""

import re
import secrets
from typing import Any

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

CODE = re.compile(r"[A-Za-z0-9_.:/+-]*")
DIGEST = re.compile(r"[0-9a-f]{64}")


class _Shaped(models.CharField[str, str]):
    """A text column that refuses, on its way to the database, whatever lacks its shape.

    Asked for something that cannot stand in it (a search typed by someone), it finds nothing.
    """

    shape: re.Pattern[str]

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        prepared = self.get_prep_value(value)
        if isinstance(prepared, str) and not self.shape.fullmatch(prepared):
            raise ValidationError(_("Only a code can stand here."), code="field.not_a_code")
        return super().get_db_prep_save(value, connection)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if prepared and isinstance(value, str) and not self.shape.fullmatch(value):
            raise EmptyResultSet
        return super().get_db_prep_value(value, connection, prepared)


class CodeField(_Shaped):
    """A code from a list: letters, digits and _ . : / + - only, never a sentence."""

    shape = CODE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)


def too_long(model: type[models.Model], column: str, code: str) -> bool:
    """Whether this is a code with more signs than that column takes: PostgreSQL fails on it, SQLite says nothing."""
    most = getattr(model._meta.get_field(column), "max_length", None) or 0
    return len(code) > most and CODE.fullmatch(code) is not None


class DigestField(_Shaped):
    """64 hexadecimal digits of SHA-256 (or HMAC-SHA-256); empty where nothing was digested."""

    shape = re.compile(r"([0-9a-f]{64})?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 64
        super().__init__(*args, **kwargs)


class _Words(models.CharField[str, str]):
    """A few published words. No column can hold a NUL, and PostgreSQL fails on one in a search: it finds nothing."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if prepared and isinstance(value, str) and "\0" in value:
            raise EmptyResultSet
        return super().get_db_prep_value(value, connection, prepared)


class TitleField(_Words):
    """The title of something published, such as a form."""


class LabelField(_Words):
    """A device's label, proposed by the platform, changed by its owner."""


class SealedField(models.BinaryField[bytes, bytes]):
    """Bytes that only the holder of a key can read."""


class PublishedField(models.BinaryField[bytes, bytes]):
    """The exact bytes of something published, such as a form definition."""


class FactsField(models.JSONField[Any, Any]):
    """Column name -> code (or list of codes) of the declared facts. Anything that is no code is refused."""

    def get_prep_value(self, value: Any) -> Any:
        _only_codes(value)
        return super().get_prep_value(value)


class PlanField(models.JSONField[Any, Any]):
    """A published form's plan: paths, kinds, classes and the labels that were published with it."""


def _only_codes(value: Any) -> None:
    """Raise ValidationError unless every leaf is a code, a boolean or nothing."""
    if isinstance(value, dict):
        for key, inner in value.items():
            _only_codes([key, inner])
    elif isinstance(value, list | tuple):
        for inner in value:
            _only_codes(inner)
    elif not (value is None or isinstance(value, bool) or (isinstance(value, str) and CODE.fullmatch(value))):
        raise ValidationError(_("Only codes can stand here."), code="field.not_a_code")


def random_id() -> int:
    """A positive 63-bit number that says nothing about when it was drawn."""
    return secrets.randbits(62) + 1


class RandomId(models.BigIntegerField[int, int]):
    """A random primary key. In SQLite it is the rowid, so that even the order on disk tells no order in time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "primary_key": True, "default": random_id, "editable": False})

    def db_type(self, connection: Any) -> str | None:
        # Only the exact word "integer" makes SQLite use the column as its rowid.
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)

    def rel_db_type(self, connection: Any) -> str | None:
        return models.BigIntegerField().db_type(connection)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for implied in ("primary_key", "default", "editable"):
            kwargs.pop(implied, None)
        return name, path, args, kwargs
