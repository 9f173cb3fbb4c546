"""Reading forms, devices and what is known of reports. Every question begins with who asks."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from sabir.kernel.public import Actor, NotAllowed, NotHere, Prepared, row_of
from sabir.law.public import Role, right, verbs_of
from sabir.network.public import Organisation

from .models import Device, FormMedia, FormVersion, Submission, Tally
from .xform import Plan

CODE = re.compile(r"[A-Za-z0-9_.:/+-]{0,100}")
READ = right(
    "field.read",
    roles=(Role.DESK_STAFF, Role.FOCAL_POINT, Role.COORDINATOR, Role.KEY_HOLDER, Role.DEVICE, Role.OPERATOR),
)
SEE_DEVICES = right("field.see_devices", roles=(Role.COORDINATOR, Role.FOCAL_POINT, Role.OPERATOR))


_VERSION_COLUMNS = ("id", "form_id", "version", "md5", "organisation_id")
_KNOWN_COLUMNS = ("id", "organisation_id", "raw", "reference")
# Asked for every report, so their SQL is written once.
_DEVICE = Prepared(
    lambda: Device.everything.filter(token="0" * 64, revoked=False).values_list(
        "pk", "expires", "organisation_id", "organisation__uid"
    ),
    token="0" * 64,
)
_VERSION = Prepared(
    lambda: FormVersion.everything.filter(organisation_id=-1, form__form_id="-f", version="-v").values_list(
        *_VERSION_COLUMNS
    ),
    organisation_id=-1,
    form_id="-f",
    version="-v",
)
_KNOWN = Prepared(
    lambda: Submission.everything.filter(form_id=-1, digest="0" * 64).values_list(*_KNOWN_COLUMNS),
    form_id=-1,
    digest="0" * 64,
)


def device_of(token: str) -> tuple[Actor, Organisation]:
    """The device with this token, as an actor, and its union. NotAllowed for any other token, whatever is wrong with it."""
    digest = sha256(token.encode("utf-8", "replace")).hexdigest()
    for pk, expires, home, uid in _DEVICE.rows(token=digest):
        if date.fromisoformat(str(expires)) >= date.today():
            union = row_of(Organisation, {"id": home, "uid": UUID(str(uid))})
            return Actor("device", pk, {home: verbs_of(Role.DEVICE)}), union
    raise NotAllowed("field.bad_token", _("This device may not send or fetch anything here. Ask for a new QR code."))


def device_called(actor: Actor, label: str) -> Device:
    """The device with this label in the actor's organisation. NotHere."""
    try:
        found: Device = Device.objects.of(actor, SEE_DEVICES).get(label=label)
    except Device.DoesNotExist:
        raise NotHere("field.no_such_device") from None
    return found


def devices_of(actor: Actor) -> list[Device]:
    """The devices of the organisation acted in, by label."""
    return list(Device.objects.of(actor, SEE_DEVICES).order_by("label"))


def forms_to_fill(actor: Actor) -> list[FormVersion]:
    """The newest version of each form, by form id, without its bytes and plan; `has_media` says if files go with it."""
    newest = FormVersion.everything.filter(form=OuterRef("form")).order_by("-number").values("number")[:1]
    rows = _light(actor).filter(number=Subquery(newest))
    return list(
        rows.annotate(has_media=Exists(FormMedia.objects.filter(version=OuterRef("pk")))).order_by("form__form_id")
    )


def latest_version(actor: Actor, form_id: str) -> FormVersion:
    """The newest version of one form, without its bytes and plan. NotHere."""
    found = _light(actor).filter(form__form_id=form_id).order_by("-number").first()
    return _or_not_here(found)


def version_by_digest(actor: Actor, md5: str) -> FormVersion:
    """A published version, by the MD5 of its bytes; these are fetched when asked for. NotHere."""
    return _or_not_here(_light(actor).filter(md5=md5).first())


def version_of_report(actor: Actor, form_id: str, version: str) -> FormVersion:
    """Any version ever published under this name, without its bytes and plan. NotHere with words for whoever sends."""
    if CODE.fullmatch(form_id) and CODE.fullmatch(version):
        for home in actor.organisation_ids(READ):
            for row in _VERSION.rows(organisation_id=home, form_id=form_id, version=version):
                return row_of(FormVersion, dict(zip(_VERSION_COLUMNS, row, strict=True)))
    raise NotHere(
        "field.unknown_form",
        _(
            "This form, or this version of it, was not published here. Refresh the list of forms and ask your coordinator."
        ),
    )


def _light(actor: Actor) -> QuerySet[FormVersion]:
    return FormVersion.objects.of(actor, READ).select_related("form").defer("content", "plan")


def _or_not_here(found: FormVersion | None) -> FormVersion:
    if found is None:
        raise NotHere("not_here")
    return found


def plan_of(version: FormVersion) -> Plan:
    """The plan of a published version. Published versions never change, so each is read once per process."""
    return _plan(version.pk, version.md5)


@lru_cache(maxsize=256)
def _plan(pk: int, md5: str) -> Plan:
    # The digest is part of the key because a restored database may give a number to another form.
    return Plan.from_json(FormVersion.everything.values_list("plan", flat=True).get(pk=pk, md5=md5))


def media_of(version: FormVersion) -> list[FormMedia]:
    """The files published with a version, without their bytes."""
    return list(FormMedia.objects.filter(version=version).defer("content").order_by("name"))


def media_named(version: FormVersion, name: str) -> FormMedia:
    """One file of a version; its bytes are fetched when asked for. NotHere."""
    try:
        return FormMedia.objects.defer("content").get(version=version, name=name)
    except FormMedia.DoesNotExist:
        raise NotHere("not_here") from None


def submission_known(version: FormVersion, digest: str) -> Submission | None:
    """The report already kept under this digest for the same form; None if it is new."""
    rows = _KNOWN.rows(form_id=version.form_id, digest=digest)
    return row_of(Submission, dict(zip(_KNOWN_COLUMNS, rows[0], strict=True))) if rows else None


def tallies(actor: Actor) -> Mapping[str, int]:
    """Month -> how many were helped without anything being written down."""
    return dict(Tally.objects.of(actor, READ).order_by("month").values_list("month", "count"))
