"""The words the network counts by: violations, needs, sectors and the other closed lists."""

from django.db import models

from sabir.kernel.public import CodeField


class Term(models.Model):
    """One entry of a typology (`scheme`). Labels are in the six languages; `parent` is the code of its heading.

    `source` says where the entry comes from and `verified` how far that is attested; every screen that lists a
    typology shows both. `extra` holds the remaining columns of its table, such as the instruments of a violation.
    """

    scheme = CodeField()
    code = CodeField()
    parent = CodeField(blank=True)
    order = models.PositiveIntegerField()
    labels = models.JSONField()
    source = models.TextField()
    verified = models.CharField(max_length=200)
    extra = models.JSONField(default=dict)

    class Meta:
        ordering = ["scheme", "order"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="rights_one_term_per_code")]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.code}"
