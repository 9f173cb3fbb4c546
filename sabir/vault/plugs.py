"""The vault's repeated work is declared when the room opens."""

from . import tasks

__all__ = ["tasks"]
