"""The verbs of forms, devices and reports."""

from collections.abc import Mapping
from datetime import date, timedelta
from hashlib import md5, sha256

from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from sabir.kernel.public import Actor, BadInput, NotNow, insert, month
from sabir.law.public import Role, verb
from sabir.network.public import Organisation
from sabir.vault.public import keep, names_kept

from .arrivals import Arrival
from .models import Device, Form, FormMedia, FormVersion, Spent, Submission, Tally
from .sockets import ReceivedReport, received
from .xform import Plan

DESK = (Role.DESK_STAFF, Role.FOCAL_POINT, Role.COORDINATOR)
LONGEST_LIFE = 2 * 366


@verb("field.publish", roles=(Role.COORDINATOR, Role.OPERATOR))
def publish_form(
    actor: Actor, organisation: Organisation, /, *, content: bytes, plan: Plan, media: Mapping[str, bytes]
) -> FormVersion:
    """Keep a form's exact bytes under its version for ever. The same bytes again are fine and add what media was missing.

    The caller has judged the form (`xform.check`). NotNow `form.version_used` for other bytes under a used version,
    `media.changed` for another file under a published name.
    """
    form, _new = Form.everything.get_or_create(organisation=organisation, form_id=plan.form_id)
    version = FormVersion.everything.filter(form=form, version=plan.version).first()
    if version is None:
        version = _new_version(form, content, plan)
    elif bytes(version.content) != content:
        raise NotNow("form.version_used")
    _add_media(version, media)
    return version


def _new_version(form: Form, content: bytes, plan: Plan) -> FormVersion:
    last = FormVersion.everything.filter(form=form).aggregate(last=Max("number"))["last"] or 0
    version: FormVersion = FormVersion.everything.create(
        organisation_id=form.organisation_id,
        form=form,
        number=last + 1,
        version=plan.version,
        title=next(iter(plan.title.values()), plan.form_id)[:250],
        content=content,
        md5=md5(content, usedforsecurity=False).hexdigest(),
        plan=plan.as_json(),
    )
    return version


def _add_media(version: FormVersion, media: Mapping[str, bytes]) -> None:
    known = dict(FormMedia.objects.filter(version=version).values_list("name", "md5"))
    digests = {name: md5(content, usedforsecurity=False).hexdigest() for name, content in media.items()}
    if any(known.get(name, digest) != digest for name, digest in digests.items()):
        raise NotNow("media.changed")
    new = [name for name in media if name not in known]
    FormMedia.objects.bulk_create(
        FormMedia(version=version, name=name, content=media[name], md5=digests[name]) for name in new
    )


@verb("field.add_device", roles=(Role.COORDINATOR, Role.FOCAL_POINT, Role.OPERATOR))
def add_device(actor: Actor, organisation: Organisation, /, *, label: str, token: str, days: int) -> Device:
    """Let a phone send reports for this union for so many days. Its token is not kept, only its digest."""
    label = " ".join(label.split())
    if not label or len(label) > 60 or not label.isprintable():
        raise BadInput("field.bad_label", _("Give the device a name of 1 to 60 characters."))
    if not 1 <= days <= LONGEST_LIFE:
        raise BadInput("field.bad_days", _("A device may send for 1 to %(most)s days."), most=LONGEST_LIFE)
    if Device.everything.filter(organisation=organisation, label=label).exists():
        raise NotNow("field.device_exists", _("A device with this name exists already. Choose another name."))
    device: Device = Device.everything.create(
        organisation=organisation,
        label=label,
        token=sha256(token.encode()).hexdigest(),
        expires=date.today() + timedelta(days=days),
    )
    return device


@verb("field.revoke_device", roles=(Role.COORDINATOR, Role.FOCAL_POINT, Role.OPERATOR))
def revoke_device(actor: Actor, device: Device, /, *, reason: str = "lost") -> Device:
    """End a device's access at once; what it sent stays."""
    Device.everything.filter(pk=device.pk).update(revoked=True)
    device.revoked = True
    return device


@verb("field.add_files", roles=(*DESK, Role.DEVICE))
def add_files(actor: Actor, submission: Submission, /, *, arrival: Arrival) -> Submission:
    """Keep the files that a further sending of the same report brings; those that are here already stay as they are.

    Only those that the report named when it first came: a browser's later word on that is not taken.
    """
    check_same(submission, arrival)
    due = submission.expected.keys() - names_kept(submission.organisation_id, arrival.digest)
    new = {name: (submission.expected[name], file) for name, (_said, file) in arrival.files.items() if name in due}
    keep(arrival.key, arrival.digest, files=new)
    submission.took = frozenset(new)
    return submission


def check_same(submission: Submission, arrival: Arrival) -> None:
    """NotNow unless these are the very bytes that are known under this identity."""
    if submission.raw != arrival.raw:
        raise conflict()


def conflict() -> NotNow:
    """Another report has this one's identity."""
    return NotNow(
        "field.conflict", _("Another report with the same identity has already arrived. Tell your coordinator.")
    )


@verb("field.receive", roles=(*DESK, Role.DEVICE))
def receive_report(actor: Actor, organisation: Organisation, /, *, arrival: Arrival) -> Submission:
    """Keep a report that is new, and let the rooms above follow it up.

    Raises IntegrityError where the same report was kept a moment ago, by another sending of it.
    """
    submission = Submission(
        organisation=organisation,
        form_id=arrival.version.form_id,
        version=arrival.version,
        digest=arrival.digest,
        raw=arrival.raw,
        facts=as_kept(arrival.facts),
        expected=dict(arrival.expected),
        received_on=date.today(),
        device_id=actor.id if actor.kind == "device" else None,
        person=actor.id if actor.kind == "person" else None,
    )
    keep(arrival.key, arrival.digest, parts=arrival.parts, files=arrival.files)
    submission.took = frozenset(arrival.files)
    if arrival.plan.opens == "case":
        # Rooms above may point to this row already: its id is drawn here, and keys are checked when all is done.
        submission.reference = _told_above(actor, organisation, submission, arrival)
    insert([submission])
    return submission


def _told_above(actor: Actor, organisation: Organisation, submission: Submission, arrival: Arrival) -> str:
    report = ReceivedReport(
        organisation=organisation,
        submission_id=submission.pk,
        digest=arrival.digest,
        form_id=arrival.plan.form_id,
        version=arrival.plan.version,
        facts=arrival.facts,
        count_allowed=arrival.may_be_counted,
    )
    return next(iter([number for follow in received if (number := follow(actor, report))]), "")


def as_kept(facts: Mapping[str, str]) -> dict[str, str | list[str]]:
    """Facts as codes: `rep[1]/x` is kept as `rep:1/x`, several choices as a list."""
    kept: dict[str, str | list[str]] = {}
    for path, value in facts.items():
        kept[path.replace("[", ":").replace("]", "")] = value.split() if " " in value else value
    return kept


@verb("field.count_unwritten", roles=(Role.TASK,))
def count_unwritten(actor: Actor, organisation: Organisation, /, *, digest: str) -> Organisation:
    """One more in the month's tally for a report of which nothing is kept; a second sending of it changes nothing.

    Done by a task's hand, so that even the ledger does not say which desk or phone it was.
    """
    now = month(date.today())
    _spent, new = Spent.objects.get_or_create(digest=digest, defaults={"month": now})
    if new:
        Tally.everything.get_or_create(organisation=organisation, month=now)
        Tally.everything.filter(organisation=organisation, month=now).update(count=F("count") + 1)
    return organisation


def forget_spent() -> int:
    """Forget the digests of unwritten reports two months later; says how many."""
    oldest = month(date.today() - timedelta(days=62))
    return Spent.objects.filter(month__lt=oldest).delete()[0]
