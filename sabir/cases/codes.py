"""The codes of steps and outcomes. Steps come from the typology `next_step`, outcomes from what peers keep.

Source of the outcomes: what comparable desks record (own proposal), to be confirmed by the focal points.
"""

from django.utils.translation import gettext_lazy as _

# The codes of the typology `next_step` that are something to do; its labels come from there.
STEPS = ("listen", "appointment", "letter", "inspection", "lawyer", "referral")

OUTCOMES = {
    "wages_recovered": _("Wages recovered"),
    "reinstated": _("Taken back at work"),
    "document_recovered": _("Papers given back"),
    "permit_obtained": _("Permit obtained"),
    "compensation": _("Compensation"),
    "judgment": _("Judgment"),
    "referred": _("Handed over to another service"),
    "dropped_by_worker": _("She or he did not wish to go on"),
    "lost_contact": _("Contact lost"),
    "no_remedy": _("No remedy found"),
}
