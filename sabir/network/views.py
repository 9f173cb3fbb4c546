"""Sign-in and out, and the page of members."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sabir.web.public import doors

from . import demonstration, queries
from .forms import SignInForm
from .pages import members_by_region


@doors.public
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page. A second visit while signed in goes on to the home page."""
    form = SignInForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return HttpResponseRedirect(_wanted(request))
    context = {"form": form, "next": _wanted(request), "accounts": demonstration.accounts()}
    return render(request, "network/sign_in.html", context, status=422 if form.errors else 200)


@doors.public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and with it the server's half of an opened key."""
    logout(request)
    return HttpResponseRedirect(reverse("web:home"))


@doors.public
@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """The members by region and country, what is unconfirmed marked so."""
    return render(request, "network/members.html", {"regions": members_by_region(queries.members())})


def _wanted(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else reverse(settings.LOGIN_REDIRECT_URL)
