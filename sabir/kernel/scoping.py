"""Tenancy at the manager: a scoped model answers only when told who asks, and by which right."""

from typing import Any, Generic, TypeVar

from django.db import models

from .actor import Actor

M = TypeVar("M", bound=models.Model)


class UnscopedQuery(RuntimeError):
    """A programmer asked a scoped model without saying who asks."""


class ScopedManager(models.Manager[M], Generic[M]):
    """The manager called `objects`: it has one way in, `of`."""

    def get_queryset(self) -> Any:
        raise UnscopedQuery(f"say {self.model.__name__}.objects.of(actor, right)")

    def of(self, actor: Actor, right: str) -> models.QuerySet[M]:
        """The rows of the organisations in which the actor holds this reading right."""
        rows: models.QuerySet[M] = models.QuerySet(self.model, using=self._db)
        return rows.filter(organisation_id__in=actor.organisation_ids(right))
