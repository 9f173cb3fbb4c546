"""Letters to be sent, and when repeated work is next due."""

from django.db import models

from sabir.kernel.public import CodeField


class Letter(models.Model):
    """A mail to a person: which text (a code), never its words. Written in the verb's transaction, sent after it."""

    person_id = models.BigIntegerField()
    text = CodeField(max_length=60)
    written_on = models.DateField(auto_now_add=True)
    sent = models.BooleanField(default=False)


class Due(models.Model):
    """When a repeated job runs next. The row is the lock: of two workers one gets it."""

    job = CodeField(max_length=60, primary_key=True)
    at = models.DateTimeField()
