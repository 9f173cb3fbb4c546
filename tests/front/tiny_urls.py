"""The small application behind the front's own tests."""

import hashlib
import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pyrage
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from sabir.field.bodies import read_here
from sabir.field.stream import FromBrowser, FromDevice, Receiver
from sabir.kernel.public import Refusal

RECIPIENT = os.environ.get("TINY_RECIPIENT") or str(pyrage.x25519.Identity.generate().to_public())


def page(request: HttpRequest) -> HttpResponse:
    shown = ("REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "HTTP_COOKIE", "wsgi.url_scheme", "PATH_INFO", "HTTP_HOST")
    told = {name: request.META.get(name) for name in shown}
    told |= {"thread": threading.get_ident(), "length": len(request.body), "method": request.method}
    told |= {"body": hashlib.sha256(request.body).hexdigest(), "secure": request.is_secure()}
    return JsonResponse(told)


def refused(refusal: Refusal) -> HttpResponse:
    return HttpResponse(refusal.text, status=refusal.status)


def slow(request: HttpRequest) -> HttpResponse:
    time.sleep(float(request.GET.get("seconds", "0.2")))
    return HttpResponse("slow")


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


def file(request: HttpRequest) -> FileResponse:
    return FileResponse(Path(os.environ["TINY_FILE"]).open("rb"), filename="large.bin")


def send(request: HttpRequest, token: str) -> HttpResponse:
    """As every view for phones, it answers with the protocol's header: the front takes any other answer for a fault."""
    answer = _sent(request, token)
    answer.headers["X-OpenRosa-Version"] = "1.0"
    return answer


def _sent(request: HttpRequest, token: str) -> HttpResponse:
    """Token `good` is taken, `late` is refused when all has arrived, `broken` breaks then; no other passes the door."""
    if token not in {"good", "late", "broken"}:
        return HttpResponse(f"no {request.method}", status=403)
    if "sabir.preflight" in request.META:
        return _prepare(request, _receiver)
    if request.method == "HEAD":
        return HttpResponse(status=204, headers={"X-OpenRosa-Version": "1.0"})
    try:
        received = request.META.get("sabir.received") or read_here(request, _receiver(request))
    except Refusal as refusal:
        return refused(refusal)
    if token == "broken":
        raise RuntimeError("broken on purpose")
    files = {name: kept.size for name, kept in received.files.items()}
    return JsonResponse({"xml": len(received.xml), "files": files}, status=409 if token == "late" else 201)


def send_sealed(request: HttpRequest) -> HttpResponse:
    if "sabir.preflight" in request.META:
        return _prepare(request, _browsers_receiver)
    received = request.META["sabir.received"]
    return JsonResponse({"report": json.loads(received.report), "files": len(received.files)}, status=201)


def _receiver(request: HttpRequest) -> Receiver:
    sending = FromDevice(union="0" * 32, recipients=[RECIPIENT], folder=_folder(), digest_key=b"k")
    return Receiver(request.META["CONTENT_TYPE"], sending)


def _browsers_receiver(request: HttpRequest) -> Receiver:
    return Receiver(request.META["CONTENT_TYPE"], FromBrowser(folder=_folder()))


def _prepare(request: HttpRequest, receiver: Callable[[HttpRequest], Receiver]) -> HttpResponse:
    try:
        request.META["sabir.preflight"]["receiver"] = receiver(request)
    except Refusal as refusal:
        return HttpResponse(refusal.text, status=refusal.status)
    return HttpResponse(status=204)


def _folder() -> Path:
    return Path(settings.SEALED_FOLDER)


urlpatterns = [
    path("", page),
    path("echo/<path:rest>", lambda request, rest: page(request)),
    path("slow", slow),
    path("breaks", breaks),
    path("file", file),
    path("k/<str:token>/submission", send),
    path("fr/reports/send/", send_sealed),
]
