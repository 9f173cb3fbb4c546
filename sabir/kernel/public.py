"""What every room may use of the kernel."""

from .actor import Actor
from .fields import (
    CodeField,
    DigestField,
    FactsField,
    LabelField,
    PlanField,
    PublishedField,
    RandomId,
    SealedField,
    TitleField,
    random_id,
    too_long,
)
from .languages import LANGUAGES, text_in
from .periods import is_month, month, quarter
from .prepared import Prepared, insert, row_of
from .references import new_reference, read_reference
from .refusals import BadInput, NotAllowed, NotHere, NotNow, Refusal, TooBusy, TooLarge
from .rooms import Room
from .scoping import ScopedManager, UnscopedQuery
from .sockets import SOCKETS, Socket

__all__ = [
    "LANGUAGES",
    "SOCKETS",
    "Actor",
    "BadInput",
    "CodeField",
    "DigestField",
    "FactsField",
    "LabelField",
    "NotAllowed",
    "NotHere",
    "NotNow",
    "PlanField",
    "Prepared",
    "PublishedField",
    "RandomId",
    "Refusal",
    "Room",
    "ScopedManager",
    "SealedField",
    "Socket",
    "TitleField",
    "TooBusy",
    "TooLarge",
    "UnscopedQuery",
    "insert",
    "is_month",
    "month",
    "new_reference",
    "quarter",
    "random_id",
    "read_reference",
    "row_of",
    "text_in",
    "too_long",
]
