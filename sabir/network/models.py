"""People, organisations, their desks and the seats people hold there."""

import secrets
import uuid
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sabir.kernel.public import CodeField, DigestField, ScopedManager


def _drawn_key() -> str:
    return secrets.token_hex(32)


class Organisation(models.Model):
    """A member union, the network itself, a platform, a partner or an observer.

    `contributor` is the opaque key under which its facts stand in the observatory; no other room shows it.
    `verified` says how far the membership is attested: yes, partial or no, with `evidence` and `source`.
    """

    class Kind(models.TextChoices):
        UNION = "union", _("Union")
        NETWORK = "network", _("Network")
        PLATFORM = "platform", _("National platform")
        PARTNER = "partner", _("Partner")
        OBSERVER = "observer", _("Observer")

    class Membership(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        TO_BE_CONFIRMED = "to_be_confirmed", _("To be confirmed")
        FORMER = "former", _("Former member")
        NONE = "none", _("Not a member")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    acronym = models.CharField(max_length=40, unique=True)
    full_name = models.CharField(max_length=250)
    kind = CodeField(choices=Kind, default=Kind.UNION)
    country = CodeField(max_length=2, blank=True)
    region = CodeField(max_length=20, blank=True)
    membership = CodeField(choices=Membership, default=Membership.TO_BE_CONFIRMED)
    status = models.CharField(max_length=200, blank=True)
    evidence = models.TextField(blank=True)
    source = models.TextField(blank=True)
    verified = models.CharField(max_length=80, blank=True)
    contributor = DigestField(default=_drawn_key, editable=False)

    class Meta:
        ordering = ["country", "acronym"]

    def __str__(self) -> str:
        return self.acronym

    @property
    def organisation_id(self) -> int:
        """An organisation belongs to itself: verbs may take it as their subject."""
        return int(self.pk)


class Scoped(models.Model):
    """A row that belongs to exactly one organisation.

    `everything` is Django's default manager (relations and migrations need it); rooms say
    `objects.of(actor, right)`, and a test keeps `everything` out of views.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    everything: ClassVar[models.Manager[Any]] = models.Manager()
    objects: ClassVar[ScopedManager[Any]] = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "everything"


class Desk(Scoped):
    """A place where workers are received: espace migrants, permanence, guichet, sportello."""

    name = models.CharField(max_length=80)
    place = models.CharField(max_length=80, blank=True)


class People(BaseUserManager["Person"]):
    """Django's way to make a user; the platform's way is a verb."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Someone with an account, known by a working name. No real name, no phone."""

    email = models.EmailField(_("E-mail address"), unique=True)
    working_name = models.CharField(max_length=40)
    language = CodeField(max_length=5, default="fr")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["working_name"]
    objects = People()

    def __str__(self) -> str:
        return self.working_name


class Seat(Scoped):
    """A person's role in one organisation, from a day and, often, to a day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    desk = models.ForeignKey(Desk, models.PROTECT, null=True, blank=True, related_name="seats")
    role = CodeField(max_length=20)
    starts = models.DateField(default=date.today)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation", "role"], name="network_one_seat_a_role"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="network_seat_ends_after_start"
            ),
        ]
