"""Forms with every version ever published, devices, and what is remembered of each report. No answer in words, ever."""

from django.db import models
from django.db.models import Q

from sabir.kernel.public import (
    CodeField,
    DigestField,
    FactsField,
    LabelField,
    PlanField,
    PublishedField,
    RandomId,
    TitleField,
)
from sabir.network.public import Scoped


class Form(Scoped):
    """A union's form, known to phones by `form_id`."""

    form_id = CodeField(max_length=100)

    class Meta:
        base_manager_name = "everything"
        constraints = [models.UniqueConstraint(fields=["organisation", "form_id"], name="field_one_form_an_id")]


class FormVersion(Scoped):
    """The exact bytes of a form as published, kept for ever, because phones send old versions weeks later.

    `number` counts the versions of a form from 1; the highest is the one handed out. `version` is what the form
    itself says, perhaps nothing.
    """

    form = models.ForeignKey(Form, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    version = CodeField(max_length=64, blank=True)
    title = TitleField(max_length=250)
    content = PublishedField()
    md5 = CodeField(max_length=32)
    plan = PlanField()
    published_on = models.DateField(auto_now_add=True)

    class Meta:
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(fields=["form", "version"], name="field_a_version_once"),
            models.UniqueConstraint(fields=["form", "number"], name="field_a_number_once"),
        ]
        # Phones ask for a form by its digest, from the list.
        indexes = [models.Index(fields=["organisation", "md5"], name="field_by_digest")]


class FormMedia(models.Model):
    """A picture, sound or list published with a form version."""

    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="media")
    name = TitleField(max_length=120)
    content = PublishedField()
    md5 = CodeField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="field_a_file_once")]


class Device(Scoped):
    """A phone that may send reports for one union until `expires`. Of its token only the SHA-256 is kept."""

    label = LabelField(max_length=60)
    token = DigestField(unique=True)
    expires = models.DateField()
    revoked = models.BooleanField(default=False)

    class Meta:
        base_manager_name = "everything"
        constraints = [models.UniqueConstraint(fields=["organisation", "label"], name="field_one_device_a_label")]


class Submission(Scoped):
    """That a report arrived, and its facts. What was said lies sealed in the vault under `digest`.

    `digest` recognises the report (form and instance), `raw` its exact bytes. `expected` are the digests of the files
    it names, with the class of each. `reference` is the number given to whoever sent it; empty if no dossier was opened.
    """

    id = RandomId()
    form = models.ForeignKey(Form, models.PROTECT, related_name="+")
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    digest = DigestField()
    raw = DigestField()
    facts = FactsField(default=dict)
    expected = FactsField(default=dict)
    reference = CodeField(max_length=20, blank=True)
    received_on = models.DateField()
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+")
    person = models.BigIntegerField(null=True)

    # Which of the files that came with the present sending were kept; no column.
    took: frozenset[str] = frozenset()

    class Meta:
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(fields=["form", "digest"], name="field_a_report_once"),
            models.CheckConstraint(condition=Q(device=None) | Q(person=None), name="field_sent_by_device_or_person"),
        ]


class Spent(models.Model):
    """The digest of a report of which nothing was kept, so that sending it again does not count it twice.

    Says neither where it came from nor on which day; forgotten after two months.
    """

    digest = DigestField(primary_key=True)
    month = CodeField(max_length=7)


class Tally(Scoped):
    """How many people, in a month, were helped and said that nothing should be written down."""

    month = CodeField(max_length=7)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        base_manager_name = "everything"
        constraints = [models.UniqueConstraint(fields=["organisation", "month"], name="field_one_tally_a_month")]
