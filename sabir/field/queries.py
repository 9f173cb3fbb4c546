"""Reading forms, devices and what is known of reports. Every question begins with who asks."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from sabir.kernel.public import Actor, NotAllowed, NotHere
from sabir.law.public import Role, right, verbs_of

from .models import Device, FormMedia, FormVersion, Submission, Tally
from .xform import Plan

READ = right(
    "field.read",
    roles=(Role.DESK_STAFF, Role.FOCAL_POINT, Role.COORDINATOR, Role.KEY_HOLDER, Role.DEVICE, Role.OPERATOR),
)
SEE_DEVICES = right("field.see_devices", roles=(Role.COORDINATOR, Role.FOCAL_POINT, Role.OPERATOR))


def device_of(token: str) -> tuple[Actor, Device]:
    """The device with this token and the actor it is. NotAllowed for any other token, whatever is wrong with it."""
    digest = sha256(token.encode("utf-8", "replace")).hexdigest()
    rows = Device.everything.filter(token=digest, revoked=False, expires__gte=date.today())
    device = rows.select_related("organisation").first()
    if device is None:
        raise NotAllowed(
            "field.bad_token", _("This device may not send or fetch anything here. Ask for a new QR code.")
        )
    return Actor("device", device.pk, {device.organisation_id: verbs_of(Role.DEVICE)}), device


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
    """A published version, by the MD5 of its bytes, with these bytes. NotHere."""
    rows = FormVersion.objects.of(actor, READ).filter(md5=md5).select_related("form").defer("plan")
    return _or_not_here(rows.first())


def version_of_report(actor: Actor, form_id: str, version: str) -> FormVersion:
    """Any version ever published under this name, without its bytes and plan. NotHere with words for whoever sends."""
    found = _light(actor).filter(form__form_id=form_id, version=version).first()
    if found is None:
        raise NotHere(
            "field.unknown_form",
            _(
                "This form, or this version of it, was not published here. Refresh the list of forms and ask your coordinator."
            ),
        )
    return found


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
    """One file of a version, with its bytes. NotHere."""
    try:
        return FormMedia.objects.get(version=version, name=name)
    except FormMedia.DoesNotExist:
        raise NotHere("not_here") from None


def submission_known(version: FormVersion, digest: str) -> Submission | None:
    """The report already kept under this digest for the same form; None if it is new."""
    found: Submission | None = Submission.everything.filter(form_id=version.form_id, digest=digest).first()
    return found


def tallies(actor: Actor) -> Mapping[str, int]:
    """Month -> how many were helped without anything being written down."""
    return dict(Tally.objects.of(actor, READ).order_by("month").values_list("month", "count"))
