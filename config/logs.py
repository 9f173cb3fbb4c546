"""What a log may hold: no token, no address, no body, no local variable."""

import logging
import re
from types import TracebackType
from typing import Any

from django.views.debug import ExceptionReporter

TOKEN = re.compile(r"/k/[^/\s\"']+")
# What looks like a drawn token, in case a client puts it elsewhere in an address.
DRAWN = re.compile(r"\b[a-z2-7]{32}\b")
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def scrubbed(text: str) -> str:
    """The text with every device token in a path replaced."""
    return DRAWN.sub("…", TOKEN.sub("/k/…", text))


class Bare(logging.Filter):
    """Scrub tokens out of the message, put the pattern of an address in place of the address, drop the request."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        request = record.__dict__.pop("request", None)
        path = getattr(request, "path", "/")
        if len(path) > 1:
            # Django writes what is not ASCII as \\u0645, so that nobody forges a line of the log.
            for written in (path, path.encode("unicode_escape").decode()):
                message = message.replace(written, pattern_of(request))
        record.msg = scrubbed(message)
        record.args = ()
        return True


def pattern_of(request: Any) -> str:
    """Which kind of address was asked for. The address itself may hold a dossier's number, or whatever someone typed."""
    found = getattr(request, "resolver_match", None)
    return str(found.view_name or found.route) if found else "an address that leads nowhere"


class Line(logging.Formatter):
    """Tracebacks keep file, line and kind of error; the error's own words may quote a person, so they are cut."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - logging's name
        kind, _, trace = ei
        lines = []
        while trace is not None:
            code = trace.tb_frame.f_code
            lines.append(f"  {code.co_filename}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return "\n".join([*lines, f"  {kind.__name__ if kind else 'no error'}"])


class BareReporter(ExceptionReporter):
    """Error reports without local variables, request, or settings."""

    def get_traceback_data(self) -> dict[str, Any]:
        return {"exception_type": getattr(self.exc_type, "__name__", ""), "frames": []}
