"""Dossiers of workers: a number, coded facts, steps. Who she is lies sealed in the vault, not here."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sabir.kernel.public import CodeField
from sabir.network.public import Scoped


class Case(Scoped):
    """A union's dossier on one report. Every column is a code, a day or a number; there is no text.

    `reference` is the random number with its check digit. `fact` is the only way to the figure that counts this
    report: erasing it cuts the way back. `counted` is her answer to being counted.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    reference = CodeField(max_length=8)
    submission = models.OneToOneField("field.Submission", models.PROTECT, related_name="+")
    state = CodeField(max_length=10, choices=State, default=State.OPEN)
    outcome = CodeField(blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    counted = models.BooleanField(default=False)
    fact = models.BigIntegerField(null=True, blank=True)

    age_band = CodeField(blank=True)
    sex = CodeField(blank=True)
    nationality = CodeField(blank=True)
    work_region = CodeField(blank=True)
    work_country = CodeField(blank=True)
    sector = CodeField(blank=True)
    recruited_how = CodeField(blank=True)
    since_month = CodeField(max_length=7, blank=True)
    amount_band = CodeField(blank=True)
    interview_language = CodeField(blank=True)
    interpreter_role = CodeField(blank=True)
    alone = CodeField(blank=True)

    class Meta:
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="cases_one_number_in_a_union"),
            models.CheckConstraint(
                condition=Q(state="open", outcome="", closed_on=None) | (Q(state="closed") & ~Q(outcome="")),
                name="cases_closed_with_an_outcome",
            ),
        ]
        # The list of a union, newest first, with or without its filter on the state.
        indexes = [models.Index(fields=["organisation", "state", "-id"], name="cases_list")]


class CaseViolation(models.Model):
    """One violation of the typology that a dossier names."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="violations")
    code = CodeField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="cases_a_violation_once")]
        indexes = [models.Index(fields=["code", "case"], name="cases_by_violation")]


class CaseNeed(models.Model):
    """One kind of help asked for."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="needs")
    code = CodeField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="cases_a_need_once")]


class Step(models.Model):
    """What is to be done in a dossier: a code, by when, by whom; and the day it was done."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    code = CodeField()
    due = models.DateField(null=True, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    planned_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(done_on=None), name="cases_one_next_step"),
        ]
