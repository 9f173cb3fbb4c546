"""The outbox: a letter is written inside a verb and leaves after it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.mail import send_mail
from django.utils import translation
from django.utils.functional import Promise

from sabir.kernel.public import Socket
from sabir.law.public import part_of_a_verb

from .jobs import job, later
from .models import Letter


@dataclass(frozen=True, slots=True)
class Addressee:
    """Where a letter goes, and in which language."""

    email: str
    language: str


@dataclass(frozen=True, slots=True)
class Text:
    """A letter's words. They name nobody and no dossier: mail lies open on many machines."""

    code: str
    subject: str | Promise
    body: str | Promise


addressees: Socket[Callable[[int], Addressee | None]] = Socket(
    "notices.addressees", "The address and language of the person behind an id."
)
texts: Socket[Text] = Socket("notices.texts", "The texts of letters, by their code.")


@part_of_a_verb
def write_letter(person_id: int, code: str) -> None:
    """Put a letter in the outbox; it is sent only if the verb holds."""
    letter = Letter.objects.create(person_id=person_id, text=code)
    later("notices.send", letter.pk)


@job("notices.send")
def send(letter_id: int) -> None:
    """Send one letter, once: a letter already sent is left alone."""
    letter = Letter.objects.filter(pk=letter_id, sent=False).first()
    text = next((one for one in texts if letter and one.code == letter.text), None)
    addressee = next((found for find in addressees if letter and (found := find(letter.person_id))), None)
    if letter is None or text is None or addressee is None:
        return
    with translation.override(addressee.language):
        send_mail(str(text.subject), str(text.body), None, [addressee.email])
    Letter.objects.filter(pk=letter.pk).update(sent=True)
