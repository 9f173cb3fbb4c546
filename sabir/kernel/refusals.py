"""The one family of refusals. Each has a stable code, a status and words for people; none quotes a record."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Refusal(Exception):
    """A deliberate no. Doors turn it into a page, a JSON answer or an OpenRosa message."""

    status: ClassVar[int] = 400
    words: ClassVar[Words] = _("This cannot be done as it was asked.")

    def __init__(self, code: str, text: Words | None = None, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self._text = text or self.words

    @property
    def text(self) -> str:
        """The words, in the language now active, with their named places filled."""
        words = str(self._text)
        return words % self.params if self.params else words


class BadInput(Refusal):
    """What was sent cannot be used; the words say what to change."""


class NotAllowed(Refusal):
    """The actor has a seat here, but not this right."""

    status = 403
    words = _("Your seat does not allow this. Ask your coordinator.")


class NotHere(Refusal):
    """Not there, or not yours: one answer for both, so that nothing can be learned from it."""

    status = 404
    words = _("There is nothing here, or it is not yours to see.")


class NotNow(Refusal):
    """Possible in itself, but not in the state things are in."""

    status = 409
    words = _("This cannot be done now. Load the page again to see where things stand.")


class TooLarge(Refusal):
    """More bytes than this place takes."""

    status = 413
    words = _("This is too large. Send less at a time.")


class TooBusy(Refusal):
    """The server protects itself; the same request will pass later."""

    status = 503
    words = _("Too many people at once. Wait a minute and try again; nothing is lost.")
