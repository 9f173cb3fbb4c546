"""Measure the real server and print one JSON object a line: `python -m bench`.

First reports as a phone sends them, one at a time and eight at a time; then an ordinary page while a hundred phones
upload over 2G. On SQLite, and once more on the database of DATABASE_URL where one is given (it must be empty).
Everything runs on 127.0.0.1 in a home of its own that is removed at the end.
"""

import os
import sys

from . import pages, reports
from .server import Server, running

CONCURRENCY = (1, 8)


def measure(server: Server) -> bool:
    """Print every measure of one server; False if any answer was not the one expected."""
    measures = [reports.measured(server, at_once) for at_once in CONCURRENCY]
    measures.append(pages.measured(server))
    return not any(found["failed"] for found in measures)


def main() -> int:
    """Run on each database; exit status 1 where an answer was wrong."""
    url = os.environ.get("DATABASE_URL", "")
    well = True
    for database in ["", url] if url else [""]:
        with running(database) as server:
            well = measure(server) and well
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
