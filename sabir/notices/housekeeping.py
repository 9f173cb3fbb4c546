"""Repeated work on the database itself."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from .jobs import job


@job("notices.checkpoint", every=timedelta(hours=1))
def checkpoint() -> None:
    """A row that was deleted stays readable in SQLite's write-ahead log until the log is cut."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@job("notices.forget_sessions", every=timedelta(hours=6))
def forget_sessions() -> None:
    """Remove the sessions whose time is over, and with them their halves of opened keys."""
    SessionStore.clear_expired()
