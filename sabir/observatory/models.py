"""Pseudonymous facts, and the frozen tables made of them. Nothing here leads back to a case, a person or a day.

Row ids are random, so that the order of rows tells no order in time; a fact
has no timestamp and no organisation, only a key that the network's own rows
can match. The case alone keeps a fact's id.
"""

from typing import Any, ClassVar

from django.db import models

from sabir.kernel.public import CodeField, DigestField, RandomId


class Fact(models.Model):
    """What one counted report gives to the figures, in codes.

    `contributor` is the union's opaque key, `quarter` is written `2026Q4`. An empty code means not said.
    """

    id = RandomId()
    contributor = DigestField()
    quarter = CodeField(max_length=6)
    work_region = CodeField(max_length=20, blank=True)
    work_country = CodeField(max_length=2, blank=True)
    sector = CodeField(max_length=5, blank=True)
    sex = CodeField(max_length=20, blank=True)
    age_band = CodeField(max_length=10, blank=True)

    everything: ClassVar[models.Manager[Any]] = models.Manager()


class FactViolation(models.Model):
    """One heading of the typology that a report names; its items stay with the case."""

    id = RandomId()
    fact = models.ForeignKey(Fact, models.CASCADE, related_name="violations")
    heading = CodeField(max_length=10)

    everything: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "heading"], name="observatory_a_heading_once")]


class Extract(models.Model):
    """The facts as they stood on one day, protected and frozen. Numbered from 1; never changed.

    `threshold`, `unions_least` and `base` are the rules it was made by. `first_quarter`, `last_quarter` and
    `unions` say what it covers; they are empty where so few contributed that it would tell who.
    """

    organisation = models.ForeignKey("network.Organisation", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    frozen_on = models.DateField()
    threshold = models.PositiveSmallIntegerField()
    unions_least = models.PositiveSmallIntegerField()
    base = models.PositiveSmallIntegerField()
    unions = models.PositiveIntegerField(null=True)
    first_quarter = CodeField(max_length=6, blank=True)
    last_quarter = CodeField(max_length=6, blank=True)

    everything: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="observatory_extract_number")]


class ExtractCell(models.Model):
    """One position of a protected table. `shown` is the rounded number, or nothing where it is hidden.

    Why it is hidden (small, or a cover for a small one) is not kept: knowing that would narrow it.
    """

    extract = models.ForeignKey(Extract, models.CASCADE, related_name="cells")
    table = CodeField(max_length=40)
    row = CodeField(max_length=20)
    column = CodeField(max_length=20)
    shown = models.PositiveIntegerField(null=True)

    everything: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["extract", "table", "row", "column"], name="observatory_one_cell")
        ]
