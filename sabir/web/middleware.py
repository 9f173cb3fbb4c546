"""Who asks, and how a refusal becomes an answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from sabir.kernel.public import Refusal

from .answers import refused
from .sockets import who_asks

Next = Callable[[HttpRequest], HttpResponse]


class BesideDevices:
    """Requests of phones pass by sessions, cookies and language: their middleware is skipped."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.from_device = request.path_info.startswith("/k/")  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.from_device:  # type: ignore[attr-defined]
            response.cookies.clear()
        return response


class WhoAsks:
    """Put the actor on the request; pages of someone signed in are stored nowhere."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asker = None
        if not getattr(request, "from_device", False):
            asker = next((found for ask in who_asks if (found := ask(request))), None)
        request.asker = asker  # type: ignore[attr-defined]
        request.actor = asker.actor if asker else None  # type: ignore[attr-defined]
        response = self.get_response(request)
        if asker:
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        patch_vary_headers(response, ["Cookie"])
        response.setdefault(
            "Permissions-Policy", "camera=(self), microphone=(self), geolocation=(self), interest-cohort=()"
        )
        return response


class Refusals:
    """The one place where a refusal becomes a page or a JSON answer."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return refused(request, exception)
        return None
