"""Repeated work of the room."""

from datetime import timedelta

from sabir.notices.public import job

from .orphans import remove_orphans


@job("vault.remove_orphans", every=timedelta(days=1), limit=timedelta(minutes=30))
def remove_what_belongs_to_nothing() -> None:
    """A crash between a sealed file and its row leaves the file alone in its folder."""
    remove_orphans()
