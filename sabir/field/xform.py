"""The pure core of the room: forms and reports as bytes, plans and answers. No Django, no database, no network.

`check` reads and judges a form, `read_plan` only reads it; `read_submission` reads a report and `split` sorts its
answers by the classes of design "The vault".
"""

from .xform_plan import BINARY, CLASSES, DETAIL, FACT, IDENTITY, NARRATIVE, Column, Plan, read_plan
from .xform_problem import Problem, Refused, errors
from .xform_rules import CONSENTS, check
from .xform_submission import Report, Split, fact_of, read_submission, split

__all__ = [
    "BINARY",
    "CLASSES",
    "CONSENTS",
    "DETAIL",
    "FACT",
    "IDENTITY",
    "NARRATIVE",
    "Column",
    "Plan",
    "Problem",
    "Refused",
    "Report",
    "Split",
    "check",
    "errors",
    "fact_of",
    "read_plan",
    "read_submission",
    "split",
]
