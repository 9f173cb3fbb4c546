"""What people send about a dossier, parsed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class StepForm(forms.Form):
    """What is to be done next, by when, by whom."""

    code = forms.CharField(max_length=40, error_messages={"required": _("Choose what is to be done next.")})
    due = forms.DateField(required=False, error_messages={"invalid": _("Write the day as 2026-12-01, or choose it.")})
    person_id = forms.IntegerField(required=False, min_value=1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        return {"code": cleaned.get("code"), "due": cleaned.get("due"), "person_id": cleaned.get("person_id")}


class CloseForm(forms.Form):
    """How the dossier ended."""

    outcome = forms.CharField(max_length=40, error_messages={"required": _("Choose how the dossier ended.")})
