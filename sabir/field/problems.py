"""The catalogue of problems: a text for people to each code that reading, converting or judging a form can give.

The texts say what to change. Named places are filled from the problem's params; a text shows words of the form or of
the workbook, never an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .xform_problem import Problem

TEXTS: Mapping[str, str | Promise] = {
    # reading XML
    "xml.too_large": _("The file is larger than %(limit)s bytes."),
    "xml.charset": _("The file is not written in UTF-8. Save it as UTF-8."),
    "xml.dtd": _("The file contains a document type or entities, which are never accepted. Remove them."),
    "xml.too_deep": _("The file is nested more than %(limit)s levels deep."),
    "xml.too_many_elements": _("The file has too many elements."),
    "xml.malformed": _("The file is damaged or is not XML. Export it again."),
    "xform.not_a_form": _("The file is not an XForm."),
    "xform.no_instance": _("The form has no primary instance. Export it again."),
    "xform.no_id": _("The form has no id. Give it one."),
    # reports
    "report.no_form": _("The report does not say which form it belongs to."),
    "report.long_id": _("An identifier in the report is too long."),
    # the form as a whole
    "form.bad_id": _(
        "The form's id “%(form_id)s” cannot be used. Write it with letters without accents, digits and _ . - only, at most 100."
    ),
    "form.bad_version": _(
        "The version “%(version)s” cannot be used. Write it with letters without accents, digits and _ . - only, at most 64."
    ),
    "form.encrypted": _(
        "The form has a public key of its own. Remove it: reports are sealed to the union's key anyway."
    ),
    "form.client_editable": _(
        "The form lets phones change a report that was sent. This is not possible yet: remove the setting."
    ),
    "form.opens_unknown": _("“%(word)s” is no value of sabir:opens. Use case or nothing."),
    "form.entities_not_used": _("The form describes entities. They are not used yet; reports are taken all the same."),
    "form.empty": _("The form has no question."),
    "form.too_many_questions": _("The file has too many elements."),
    "form.no_instance_id": _(
        "The form gives its reports no identifier (meta/instanceID). A report sent twice may be counted twice."
    ),
    "form.version_used": _(
        "Version “%(version)s” of this form is published already, with other content. Give the changed form a new version."
    ),
    # classes
    "class.unknown": _("“%(word)s” is no class. Use identity, narrative, detail or fact."),
    "class.on_group": _("A class stands on a group and has no effect there. Put it on each question."),
    "class.finder_not_identity": _(
        "Only an identity column can help to find a person again. The mark “finder” is ignored."
    ),
    "fact.free_text": _("Free text cannot be a fact. Make it a choice, or declare it narrative, identity or detail."),
    "fact.exact_day": _(
        "An exact day or time cannot be a fact. Ask for the month (appearance month-year), or declare it detail."
    ),
    "fact.exact_number": _("An exact number cannot be a fact. Offer bands to choose from, or declare it detail."),
    "fact.file": _("A photo, recording or file cannot be a fact. Declare it identity, narrative or detail."),
    "fact.not_closed": _(
        "A column of kind %(kind)s cannot be a fact. Only a closed choice, yes or no, a band or a month can."
    ),
    "fact.open_list": _(
        "A choice whose list is not inside the form cannot be a fact. Put the list on the choices sheet."
    ),
    "fact.choice_not_a_code": _(
        "The choice “%(choice)s” cannot stand in a fact. Write its name with letters without accents, digits and _ . - only."
    ),
    "fact.path_not_a_code": _(
        "The name of a fact, and of the groups around it, is written with letters without accents, digits and _ . - only."
    ),
    "fact.preload": _("A fact cannot be filled by the phone itself."),
    "fact.depends_on_sealed": _(
        "This fact depends, by its %(place)s, on “%(sealed)s”, which is sealed. Remove the link, or declare it detail."
    ),
    "consent.not_yes_no": _(
        "A question of consent must be a choice of yes and no, a fact, and asked once, outside any repeat."
    ),
    # expressions
    "xpath.open_quote": _("In %(place)s a quotation mark is not closed, at “%(word)s”."),
    "xpath.bad_sign": _("In %(place)s a sign cannot be read, at “%(word)s”."),
    "xpath.too_long": _("The expression in %(place)s is too long."),
    "xpath.parenthesis": _("In %(place)s the brackets do not match, at “%(word)s”."),
    "xpath.no_operator": _("In %(place)s something is missing before “%(word)s”."),
    "xpath.incomplete": _("The expression in %(place)s is not complete, at “%(word)s”."),
    "xpath.unknown_function": _("In %(place)s, “%(word)s” is no function that phones know."),
    "xpath.unknown_question": _("In %(place)s, “%(word)s” is no question of this form."),
    # drawing
    "web.cannot_draw": _("The web form cannot draw a question of kind %(kind)s. It works in ODK Collect."),
    "web.drawn_plainly": _("The web form asks this question without “%(word)s”, which only ODK Collect knows."),
    # media
    "media.missing": _("The form uses the file “%(name)s”, which was not published with it."),
    "media.not_used": _("The file “%(name)s” is not used by the form and was left out."),
    "media.changed": _("The file “%(name)s” was published with other content. Give the form a new version."),
    "media.too_large": _("The file “%(name)s” is larger than %(limit)s bytes."),
    "media.bad_name": _("The file name “%(name)s” cannot be used. Write it without folders, at most 120 characters."),
    # workbooks
    "workbook.too_large": _("The workbook is larger than %(limit)s bytes."),
    "workbook.unreadable": _("The file is no Excel workbook (.xlsx or .xls), or it is damaged. Save it again."),
    "workbook.bomb": _("The workbook unpacks to far more than a form needs. Copy its sheets into a new workbook."),
    "workbook.macros": _("The workbook contains macros. Save it as a workbook without macros (.xlsx)."),
    "workbook.no_survey": _("The workbook has no sheet called survey."),
    "workbook.column_twice": _("The heading “%(heading)s” stands twice on one sheet, in columns %(places)s. Keep one."),
    "workbook.too_slow": _("Converting the workbook takes too much time or memory. Make it smaller."),
    "workbook.not_converted": _("The workbook could not be converted."),
    "workbook.pyxform_refused": _("The workbook cannot be converted: %(words)s"),
    "workbook.pyxform_warned": _("A remark from the converter: %(words)s"),
    "workbook.language_incomplete": _("Some texts are missing in some languages: %(words)s"),
    "workbook.large_pictures": _(
        "Pictures will be sent in full size. Set max-pixels in the column parameters, for weak networks."
    ),
    "workbook.choice_without_label": _("A choice has no label."),
    "workbook.odd_heading": _("A heading of the choices sheet is empty or contains spaces and is left out."),
    "workbook.or_other": _(
        "“or_other” adds a choice in English only. Write a choice “other” and a question of your own instead."
    ),
    "workbook.sheet_misspelt": _("Is the name of a sheet misspelt? %(words)s"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A problem as it is told to people, in the language active when it is read."""

    problem: Problem

    @property
    def text(self) -> str:
        """What is wrong and what to do, without the place."""
        words = str(TEXTS.get(self.problem.code, self.problem.code))
        try:
            return words % self.problem.params if self.problem.params else words
        except (KeyError, ValueError):
            return words

    @property
    def where(self) -> str:
        """Sheet and row, or the column's path; empty if nowhere in particular."""
        problem = self.problem
        if problem.sheet and problem.row:
            place = gettext("sheet %(sheet)s, row %(row)s") % {"sheet": problem.sheet, "row": problem.row}
            return f"{place} ({problem.column})" if problem.column else place
        return problem.sheet or problem.column or ""

    @property
    def line(self) -> str:
        """One line for a terminal or a list."""
        kind = gettext("Error") if self.problem.severity == "error" else gettext("Warning")
        return ": ".join(part for part in (kind, self.where, self.text) if part)

    def as_json(self) -> dict[str, Any]:
        return {**self.problem.as_json(), "text": self.text}
