"""Repeated work of the room."""

from datetime import timedelta

from sabir.notices.public import job

from .services import forget_spent


@job("field.forget_spent", every=timedelta(days=1))
def forget_what_was_not_written() -> None:
    """Two months after a report of which nothing was kept, forget that it came."""
    forget_spent()
