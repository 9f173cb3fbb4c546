"""What other rooms may use of the ledger."""

from .models import Entry
from .queries import Flaw, chains, entries, verify
from .services import Act, append

__all__ = ["Act", "Entry", "Flaw", "append", "chains", "entries", "verify"]
