"""What was done by whom: one chain of entries for each organisation, and the head of each chain."""

from django.db import models

from sabir.kernel.public import CodeField, DigestField


class Entry(models.Model):
    """One thing done. No text: a verb, a subject, an actor, a reason code, and the digest that chains it.

    `chain` is the id of the organisation. `digest` is SHA-256 over the entry and the digest before it.
    """

    chain = models.BigIntegerField()
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_kind = CodeField(max_length=10)
    actor_id = models.BigIntegerField()
    verb = CodeField(max_length=60)
    subject_kind = CodeField(max_length=40)
    subject_id = models.BigIntegerField()
    reason = CodeField(max_length=40, blank=True)
    previous = DigestField(blank=True)
    digest = DigestField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="ledger_one_entry_a_number")]


class Head(models.Model):
    """The last entry of a chain, kept apart so that a cut tail is noticed. Locked last in every verb."""

    chain = models.BigIntegerField(primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    digest = DigestField(blank=True)
