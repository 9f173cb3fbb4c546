"""How commands speak: a refusal in words, a step with its progress, Django made ready once."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from time import monotonic
from typing import Any

Command = Callable[[Any], int]

# What a page keeps from saying, because it could tell something, an operator may and must be told.
PLAINER = {
    "network.no_such_organisation": "No organisation has this acronym. Write it as in data/network/members.csv.",
    "field.no_such_device": "This union has no phone of this name. `sabir device list` names them.",
}


def ready() -> None:
    """Make Django ready; commands that need no database never pay for it."""
    import django  # a command such as `serve` starts without Django, which costs a second and 40 MB

    django.setup()


def shell_language() -> str:
    """The language of the shell (`LANG`) where it is one of the network's, else English as the commands themselves."""
    from sabir.kernel.public import LANGUAGES

    named = (os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "")[:2]
    return named if named in LANGUAGES else "en"


def with_django(command: Command) -> Command:
    """A command that needs the rooms: what it cannot do becomes a line on the error output and exit status 1."""

    @wraps(command)
    def run(arguments: Any) -> int:
        ready()
        from django.db import OperationalError, ProgrammingError  # only after Django is ready
        from django.utils import translation

        from sabir.kernel.public import Refusal

        translation.activate(shell_language())

        try:
            return command(arguments)
        except Refusal as refusal:
            return _failed(arguments, refusal.code, PLAINER.get(refusal.code, refusal.text))
        except OSError as failure:
            return _failed(arguments, "command.file", f"{failure.filename or 'A file'}: {failure.strerror or failure}")
        except (OperationalError, ProgrammingError):
            words = "The database cannot be used. Is it there, and is it set up? Run `sabir setup` first."
            return _failed(arguments, "command.database", words)

    return run


def _failed(arguments: Any, code: str, text: str) -> int:
    if getattr(arguments, "json", False):
        # The shape a form is told of, so that whoever reads it needs to know one shape only.
        problem = {"code": code, "severity": "error", "text": text}
        shape = {"form_id": "", "version": "", "problems": [problem]} if hasattr(arguments, "media") else {}
        print_json({**shape, "error": code, "text": text})
    else:
        print(f"sabir: {text} ({code})", file=sys.stderr)
    return 1


def print_json(answer: object) -> None:
    """One JSON object on one line."""
    print(json.dumps(answer, ensure_ascii=False))


@contextmanager
def step(words: str) -> Iterator[None]:
    """Say what is being done and, when it is, how long it took."""
    print(f"· {words} …", end=" ", flush=True)
    start = monotonic()
    yield
    print(f"done ({monotonic() - start:.1f} s)", flush=True)
