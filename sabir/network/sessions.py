"""Sessions whose key the database does not know: a copy of it lets nobody act as someone who is signed in."""

from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

KEY_LENGTH = 40
"""Of Django's column; 40 hexadecimal digits are 160 bits, as many as nobody guesses."""


def kept_key(session_key: str) -> str:
    """What stands in the database for the key in the cookie: the beginning of its SHA-256."""
    return sha256(session_key.encode()).hexdigest()[:KEY_LENGTH]


class SessionStore(DatabaseStore):
    """Django's sessions in the database, found by a digest of their key. For WSGI: the asynchronous ways are shut."""

    def _get_session_from_db(self) -> Any:
        raw = self.session_key
        found = self.model.objects.filter(session_key=kept_key(raw or "")).first()
        if found is None or found.expire_date <= timezone.now():
            self._session_key = None
            return None
        return found

    def exists(self, session_key: str) -> bool:
        return super().exists(kept_key(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        row.session_key = kept_key(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        raw = session_key or self.session_key
        if raw:
            super().delete(kept_key(raw))

    async def aload(self) -> dict[str, Any]:
        raise NotImplementedError("requests are answered by WSGI")

    async def asave(self, must_create: bool = False) -> None:
        raise NotImplementedError("requests are answered by WSGI")
