"""What is found, one JSON object a line."""

import json

from .server import Server


def say(measure: str, server: Server, **found: object) -> dict[str, object]:
    """Print a measure and hand it back."""
    line = {"measure": measure, "database": server.database, **found}
    print(json.dumps(line), flush=True)
    return line
