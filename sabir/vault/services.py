"""Declaring keys and keeping what was sealed."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sabir.kernel.public import Actor, BadInput, NotNow, insert
from sabir.law.public import Role, part_of_a_verb, verb
from sabir.network.public import Organisation, Person

from .models import Body, Envelope, Holder, KeyStatement, Recipient, Wrap
from .seal import SealedFile, SealedPart
from .statements import BadStatement, read_statement

# A file's class and what was sealed of it, by the digest of report and file name.
Files = Mapping[str, tuple[str, SealedFile]]


@verb("vault.declare_key", roles=(Role.OPERATOR,))
def declare_key(
    actor: Actor, organisation: Organisation, /, *, statement: str, signature: str, person: Person, wrap: bytes
) -> KeyStatement:
    """Take a union's first key statement and the wrap of its first holder, made in that holder's browser.

    Raises BadInput for a statement its key did not sign, NotNow where the union has a key already.
    """
    try:
        told = read_statement(statement, signature)
    except BadStatement:
        raise BadInput("vault.bad_statement", _("This key does not carry its own signature. Make it again.")) from None
    if told.union != organisation.uid.hex or told.previous is not None:
        raise BadInput("vault.bad_statement", _("This key was made for another union. Make it again."))
    if KeyStatement.everything.filter(organisation=organisation).exists():
        raise NotNow("vault.has_key", _("This union has its key already."))
    key: KeyStatement = KeyStatement.everything.create(
        organisation=organisation,
        epoch=told.epoch,
        recipient=told.recipient,
        signing=told.signing,
        statement=statement,
        signature=signature,
        fingerprint=told.fingerprint,
    )
    holder = Holder.everything.create(organisation=organisation, person=person)
    Wrap.objects.create(key=key, holder=holder, sealed=wrap)
    return key


@part_of_a_verb
def keep(key: KeyStatement, submission: str, *, parts: Sequence[SealedPart] = (), files: Files | None = None) -> None:
    """Keep the sealed parts and files of a report that were sealed to this key."""
    envelopes = [_envelope(key, submission, part.kind, part.header) for part in parts]
    bodies = [Body(sealed=part.body, size=len(part.body)) for part in parts]
    for name, (klass, sealed) in (files or {}).items():
        envelopes.append(_envelope(key, submission, "file", sealed.header, part=klass, name=name))
        bodies.append(Body(path=sealed.path.relative_to(settings.SEALED_FOLDER).as_posix(), size=sealed.size))
    insert(envelopes)
    for envelope, body in zip(envelopes, bodies, strict=True):
        body.envelope_id = envelope.pk
    insert(bodies)
    insert([Recipient(envelope=envelope, key=key) for envelope in envelopes])


def _envelope(
    key: KeyStatement, submission: str, kind: str, header: bytes, *, part: str = "", name: str = ""
) -> Envelope:
    return Envelope(
        organisation_id=key.organisation_id, submission=submission, kind=kind, header=header, part=part, name=name
    )
