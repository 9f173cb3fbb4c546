"""The notices' own jobs are declared when the room opens."""

from . import housekeeping, letters

__all__ = ["housekeeping", "letters"]
