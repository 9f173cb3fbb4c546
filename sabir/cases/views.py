"""The list of dossiers, one dossier, and the sealed parts for a holder's browser."""

from base64 import b64encode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sabir.field.public import columns_of
from sabir.kernel.public import read_reference
from sabir.network.public import organisation_of
from sabir.rights.public import headings, terms
from sabir.vault.public import file_of, files_of, holder_count, parts_of
from sabir.web.public import doors

from . import pages, queries, services
from .forms import CloseForm, StepForm
from .models import Case
from .texts import vault_texts


@doors.seated("cases.read")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The union's dossiers, newest first; a number typed into the search leads to its dossier."""
    asked = request.GET.get("number", "").strip()
    if asked and (reference := read_reference(asked)):
        return HttpResponseRedirect(reverse("cases:detail", args=[reference]))
    # PostgreSQL fails on a NUL.
    chosen = {name: request.GET.get(name, "").replace("\0", "") for name in ("state", "violation", "sector")}
    before = request.GET.get("before", "")
    page = queries.page_of_cases(
        request.actor,  # type: ignore[attr-defined]
        **chosen,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
    )
    context = {
        "rows": pages.list_rows(page.cases),
        "more": page.more,
        "chosen": chosen,
        "asked": asked,
        "unknown": bool(asked),
        "filtered": any(chosen.values()),
        "headings": pages.choices_of(headings("violations")),
        "sectors": pages.choices_of(terms("sectors_isic4")),
    }
    return render(request, "cases/list.html", context)


@doors.seated("cases.read")
@require_safe
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """One dossier: what comes next, what is sealed, what happened, its facts."""
    return _page(request, queries.case_open_to(request.actor, reference))  # type: ignore[attr-defined]


@doors.seated("cases.read")
@require_POST
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Plan or move the next step."""
    case = queries.case_open_to(request.actor, reference)  # type: ignore[attr-defined]
    form = StepForm(request.POST)
    if not form.is_valid():
        return _page(request, case, step_form=form)
    services.plan_step(request.actor, case, **form.cleaned_data)  # type: ignore[attr-defined]
    return _back(request, case, _("Step planned."))


@doors.seated("cases.read")
@require_POST
def done(request: HttpRequest, reference: str) -> HttpResponse:
    """Mark the waiting step as done."""
    case = queries.case_open_to(request.actor, reference)  # type: ignore[attr-defined]
    services.do_step(request.actor, case)  # type: ignore[attr-defined]
    return _back(request, case, _("Step done."))


@doors.seated("cases.read")
@require_POST
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close the dossier with how it ended."""
    case = queries.case_open_to(request.actor, reference)  # type: ignore[attr-defined]
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, case, close_form=form)
    services.close_case(request.actor, case, reason=form.cleaned_data["outcome"])  # type: ignore[attr-defined]
    return _back(request, case, _("Dossier closed."))


@doors.beside_sealing
@doors.seated("vault.open")
@require_POST
def sealed(request: HttpRequest, reference: str) -> HttpResponse:
    """The sealed parts, as they lie here, for the browser that has the key. Entered in the ledger."""
    case = queries.case_open_to(request.actor, reference)  # type: ignore[attr-defined]
    case = services.open_sealed(request.actor, case)  # type: ignore[attr-defined]
    report = case.submission
    parts = parts_of(case.organisation_id, report.digest)
    files = files_of(case.organisation_id, report.digest)
    told = {
        "union": organisation_of(request.actor).uid.hex,  # type: ignore[attr-defined]
        "form": report.version.form.form_id,
        "version": report.version.version,
        "submission": report.digest,
        "envelopes": [{"kind": part.kind, "age": b64encode(part.age).decode()} for part in parts],
        "files": [
            {"id": one.id, "class": one.part, "url": reverse("cases:file", args=[case.reference, one.id])}
            for one in files
        ],
        "columns": columns_of(report.version),
        "language": get_language(),
    }
    return JsonResponse(told)


@doors.beside_sealing
@doors.seated("vault.open")
@require_safe
def sealed_file(request: HttpRequest, reference: str, envelope_id: int) -> HttpResponse:
    """One sealed file as a whole age file. Entered in the ledger too, because it can be asked for by itself."""
    case = queries.case_open_to(request.actor, reference)  # type: ignore[attr-defined]
    found = file_of(case.organisation_id, case.submission.digest, envelope_id)
    services.open_sealed(request.actor, case)  # type: ignore[attr-defined]
    return HttpResponse(found.header + found.path.read_bytes(), content_type="application/octet-stream")


def _back(request: HttpRequest, case: Case, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("cases:detail", args=[case.reference]))


def _page(
    request: HttpRequest, case: Case, *, step_form: StepForm | None = None, close_form: CloseForm | None = None
) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    steps = queries.steps_of(case)
    waiting = queries.next_step(steps)
    context = {
        "case": case,
        "next": pages.step_words(waiting) if waiting else None,
        "steps": [pages.step_words(step) for step in steps if step.done_on],
        "facts": pages.fact_rows(case),
        "violations": pages.violation_words(one.code for one in case.violations.all()),
        "needs": pages.need_words(one.code for one in case.needs.all()),
        "step_choices": pages.step_choices(),
        "outcomes": pages.outcome_choices(),
        "people": services.working_names_here(actor).items(),
        "holders": holder_count(case.organisation_id),
        "may_open": bool(actor.organisation_ids("vault.open")),
        "step_form": step_form,
        "close_form": close_form,
        "vault_page": _vault_page(request),
    }
    response = render(request, "cases/detail.html", context, status=422 if step_form or close_form else 200)
    # Photos and recordings are opened in the browser, and shown from its memory.
    response._csp_update = {"img-src": ["blob:"], "media-src": ["blob:"]}  # type: ignore[attr-defined]
    return response


def _vault_page(request: HttpRequest) -> dict[str, object]:
    return {
        "wraps_url": reverse("vault:wraps"),
        "half_url": reverse("vault:half"),
        "lock_url": reverse("vault:lock"),
        "csrf": get_token(request),
        "texts": vault_texts(),
    }
