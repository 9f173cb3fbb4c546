"""What phones with ODK Collect ask: forms, their media, and where to send reports. No cookie, no redirect, no page."""

from functools import partial
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sabir.kernel.public import NotHere
from sabir.network.public import Organisation
from sabir.vault.public import KeyStatement, current_key
from sabir.web.public import doors

from . import arrivals, queries
from .bodies import read_here
from .files import content_type_of
from .models import FormVersion
from .openrosa import XML, cached, envelope, listing, openrosa
from .receiving import receive
from .stream import FromDevice, Receiver


@doors.device
@openrosa("GET", "HEAD")
def form_list(request: HttpRequest, token: str) -> HttpResponse:
    """The newest version of each form the device's union has published."""
    actor, _union = queries.device_of(token)
    only = request.GET.get("formID")
    rows = [
        _listed(request, token, version)
        for version in queries.forms_to_fill(actor)
        if only is None or version.form.form_id == only
    ]
    return listing(request, "xformsList", "xform", rows)


def _listed(request: HttpRequest, token: str, version: FormVersion) -> dict[str, str]:
    row = {
        "formID": version.form.form_id,
        "name": version.title,
        "version": version.version,
        "hash": f"md5:{version.md5}",
        "downloadUrl": _address(request, token, f"forms/{version.md5}.xml"),
    }
    if version.has_media:  # type: ignore[attr-defined]
        # Phones fetch every manifest named here at every visit.
        row["manifestUrl"] = _address(request, token, f"forms/{version.md5}/manifest")
    return row


def _address(request: HttpRequest, token: str, rest: str) -> str:
    return request.build_absolute_uri(f"/k/{quote(token, safe='')}/{quote(rest)}")


@doors.device
@openrosa("GET", "HEAD")
def form(request: HttpRequest, token: str, md5: str) -> HttpResponse:
    """The exact bytes of a published form."""
    actor, _union = queries.device_of(token)
    version = queries.version_by_digest(actor, md5)
    return cached(request, lambda: bytes(version.content), XML, version.md5)


@doors.device
@openrosa("GET", "HEAD")
def manifest(request: HttpRequest, token: str, md5: str) -> HttpResponse:
    """The files that go with a form."""
    actor, _union = queries.device_of(token)
    version = queries.version_by_digest(actor, md5)
    rows = [
        {
            "filename": media.name,
            "hash": f"md5:{media.md5}",
            "downloadUrl": _address(request, token, f"forms/{md5}/media/{media.name}"),
        }
        for media in queries.media_of(version)
    ]
    return listing(request, "xformsManifest", "mediaFile", rows)


@doors.device
@openrosa("GET", "HEAD")
def media(request: HttpRequest, token: str, md5: str, name: str) -> HttpResponse:
    """One file of a form."""
    actor, _union = queries.device_of(token)
    found = queries.media_named(queries.version_by_digest(actor, md5), name)
    return cached(request, lambda: bytes(found.content), content_type_of(name), found.md5)


@doors.device
@openrosa("HEAD", "POST")
def submission(request: HttpRequest, token: str) -> HttpResponse:
    """Whether a report may come (HEAD), and the report (POST), read by the front or, without it, here."""
    actor, union = queries.device_of(token)
    preflight = request.META.get("sabir.preflight")
    if request.method == "HEAD" and preflight is None:
        return HttpResponse(status=204)
    key = current_key(union.pk)
    if preflight is not None:
        preflight["receiver"] = _receiver(request, union, key)
        return HttpResponse(status=204)
    received = request.META.get("sabir.received") or read_here(request, _receiver(request, union, key))
    outcome = receive(actor, union, received, partial(arrivals.from_device, key=key))
    if not outcome.kept:
        return envelope(_("Nothing was written down. The help goes on."), 201, "submit_success")
    if not outcome.new:
        return envelope(_("This report had already arrived."), 202, "submit_success")
    words = _("The report has arrived, sealed. Its number: %(number)s.") % {"number": outcome.number}
    return envelope(words if outcome.number else _("The report has arrived, sealed."), 201, "submit_success")


def _receiver(request: HttpRequest, union: Organisation, key: KeyStatement) -> Receiver:
    sending = FromDevice(
        union=union.uid.hex,
        recipients=[key.recipient],
        folder=settings.SEALED_FOLDER,
        digest_key=arrivals.digest_key(),
    )
    return Receiver(request.META.get("CONTENT_TYPE", ""), sending)


@doors.device
@openrosa("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
def nothing(request: HttpRequest, token: str, rest: str = "") -> HttpResponse:
    """Any other address below a token: first the token, then 404, never a redirect."""
    queries.device_of(token)
    raise NotHere("not_here")
