"""Keys and who holds them; sealed parts, their headers apart from their bodies."""

from django.conf import settings
from django.db import models

from sabir.kernel.public import CodeField, DigestField, SealedField
from sabir.network.public import Scoped


class KeyStatement(Scoped):
    """What a union says of its key: an age recipient, an Ed25519 signing key, the epoch, and who signed it.

    `statement` is the exact text that was signed; a change of key is signed by the key before it.
    """

    epoch = models.PositiveIntegerField()
    recipient = CodeField(max_length=80)
    signing = DigestField()
    statement = models.TextField()
    signature = CodeField(max_length=128)
    fingerprint = models.CharField(max_length=40)

    class Meta:
        base_manager_name = "everything"
        constraints = [models.UniqueConstraint(fields=["organisation", "epoch"], name="vault_one_key_an_epoch")]


class Holder(Scoped):
    """Someone who can open the union's dossiers: a person, or (without a person) a sheet of paper."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    since = models.DateField(auto_now_add=True)


class Wrap(models.Model):
    """The union's secret sealed under one holder's passphrase. The server keeps it and cannot open it."""

    key = models.ForeignKey(KeyStatement, models.PROTECT, related_name="wraps")
    holder = models.ForeignKey(Holder, models.CASCADE, related_name="wraps")
    sealed = SealedField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "holder"], name="vault_one_wrap_a_holder")]


class Envelope(Scoped):
    """One sealed part of a report: `kind` finder, identity, narrative, detail or file; its header alone.

    `submission` is the digest of the report it belongs to. For a file `part` is the class of its column and
    `name` the digest of report and file name, since a file's own name may tell.
    """

    submission = DigestField()
    kind = CodeField(max_length=12)
    part = CodeField(max_length=12, blank=True)
    name = DigestField(blank=True)
    header = SealedField()

    class Meta:
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "submission", "kind", "name"], name="vault_one_envelope_a_part"
            )
        ]


class Body(models.Model):
    """What is sealed: the bytes of a short part, or the name of a file under the sealed folder. Never moved."""

    envelope = models.OneToOneField(Envelope, models.CASCADE, primary_key=True, related_name="body")
    sealed: "models.BinaryField[bytes | None, bytes | None]" = SealedField(null=True)  # type: ignore[assignment,misc]
    path = CodeField(max_length=80, blank=True)
    size = models.PositiveIntegerField()


class Recipient(models.Model):
    """Which key an envelope's header is made for; an envelope may have several."""

    envelope = models.ForeignKey(Envelope, models.CASCADE, related_name="recipients")
    key = models.ForeignKey(KeyStatement, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["envelope", "key"], name="vault_one_recipient_a_key")]
