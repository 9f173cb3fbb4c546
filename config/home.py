"""SABIR_HOME: the one folder for database, media, logs and the installation's own secrets."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """The folders and secrets of one installation. Everything in it is readable by its owner only."""

    root: Path

    def folder(self, *names: str) -> Path:
        """A folder inside the home, made with mode 0700 where it is missing."""
        path = self.root.joinpath(*names)
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path

    def secret(self, name: str) -> str:
        """64 random hexadecimal digits, drawn once and kept in `name`.key."""
        return self._drawn_once(f"{name}.key", lambda: secrets.token_hex(32))

    @property
    def receiving_identity(self) -> str:
        """The age secret that opens the facts a browser seals; it belongs in no backup."""
        return self._drawn_once("receiving.key", _new_identity)

    def _drawn_once(self, name: str, draw: object) -> str:
        path = self.folder() / name
        try:
            # O_EXCL: of two processes that start together, one draws and the other reads.
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return _read_when_written(path)
        with os.fdopen(handle, "w") as file:
            file.write(draw())  # type: ignore[operator]
            file.flush()
            os.fsync(file.fileno())
        return path.read_text().strip()


def _new_identity() -> str:
    import pyrage  # drawn once in the life of a home; the process that watches the server stays small

    return str(pyrage.x25519.Identity.generate())


def _read_when_written(path: Path) -> str:
    for _ in range(1000):
        if text := path.read_text().strip():
            return text
    raise RuntimeError(f"{path} is empty; remove it and start again")


def home() -> Home:
    """The home named by SABIR_HOME, or `home/` beside the code."""
    named = os.environ.get("SABIR_HOME") or Path(__file__).resolve().parent.parent / "home"
    return Home(Path(named).expanduser().resolve())
