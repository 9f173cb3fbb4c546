"""The law of writing: a change is a verb, locked, checked, done and entered in the ledger in one transaction."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from functools import lru_cache, wraps
from threading import Lock
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.db.models.query import RawQuerySet

from sabir.kernel.public import Actor, NotAllowed, NotHere, Refusal
from sabir.ledger.public import Act, append

from .roles import Role, right

Subject = Any
Policy = Callable[[Actor, Any], Refusal | None]
Do = TypeVar("Do", bound=Callable[..., Any])

VERBS: dict[str, Callable[..., Any]] = {}

_writing = Lock()
# The acts of the verb now running in this thread, with those of the verbs inside it; None when no verb runs.
_acts: ContextVar[list[Act] | None] = ContextVar("acts", default=None)


def verb(name: str, *, roles: Iterable[Role], unless: Policy | None = None) -> Callable[[Do], Do]:
    """Turn a function into a verb.

    The function takes `(actor, subject, *, ...)` and returns the row that it changed or made. The subject has
    an `organisation_id`. `unless(actor, subject)` is the room's own rule: a refusal, or None. A keyword named
    `reason` is a code and is entered in the ledger. Raises NotHere without a seat in the subject's organisation,
    NotAllowed without the right, and whatever the rule or the function refuses; then nothing is written.
    """

    def wrap(do: Do) -> Do:
        if name in VERBS:
            raise ValueError(f"two functions claim the verb {name}")
        right(name, roles=roles)

        @wraps(do)
        def done(actor: Actor, subject: Subject, /, **kwargs: Any) -> Any:
            with _one_transaction() as acts:
                subject = locked(subject)
                _check(actor, name, subject, unless)
                outcome = do(actor, subject, **kwargs)
                acts.append(_act(actor, name, subject, outcome, kwargs.get("reason", "")))
                return outcome

        done.verb = name  # type: ignore[attr-defined]
        VERBS[name] = done
        return done  # type: ignore[return-value]

    return wrap


def part_of_a_verb(do: Do) -> Do:
    """Mark a function that changes rows but is no verb of its own: it may run only inside one.

    Raises RuntimeError when no verb is running.
    """

    @wraps(do)
    def done(*args: Any, **kwargs: Any) -> Any:
        if _acts.get() is None:
            raise RuntimeError(f"{do.__name__} may only run inside a verb")
        return do(*args, **kwargs)

    return done  # type: ignore[return-value]


def locked(subject: Subject) -> Subject:
    """The row read again under a lock: a check made before the lock would judge a row that may change."""
    if not isinstance(subject, models.Model):
        raise TypeError("the subject of a verb is a row")
    model = type(subject)
    found = list(
        RawQuerySet(_lock_sql(model, connection.vendor), model=model, params=(subject.pk,), using=connection.alias)
    )
    if not found:
        raise NotHere("not_here")
    return found[0]


@lru_cache(maxsize=200)
def _lock_sql(model: type[models.Model], vendor: str) -> str:
    """Written once a model, because every verb asks it."""
    sql, params = model._base_manager.select_for_update().filter(pk=0).query.sql_with_params()
    if len(params) != 1:
        raise TypeError("a row is locked by its key alone")
    return str(sql)


@contextmanager
def _one_transaction() -> Iterator[list[Act]]:
    """Join the transaction of the verb around this one, or open one and write the ledger last.

    A verb that fails inside another undoes both: there is no half of a verb.
    """
    outer = _acts.get()
    if outer is not None:
        with transaction.atomic(savepoint=False):
            yield outer
        return
    with _turn(), transaction.atomic():
        acts: list[Act] = []
        token = _acts.set(acts)
        try:
            yield acts
            append(acts)
        finally:
            _acts.reset(token)


def _turn() -> AbstractContextManager[object]:
    """SQLite lets one write at a time and makes the others sleep and look again; waiting in line here is quicker."""
    return _writing if connection.vendor == "sqlite" else nullcontext()


def _check(actor: Actor, name: str, subject: Subject, unless: Policy | None) -> None:
    home = subject.organisation_id
    if home not in actor.seats:
        raise NotHere("not_here")
    if not actor.may(name, home):
        raise NotAllowed(f"{name}.not_allowed")
    if unless and (refusal := unless(actor, subject)):
        raise refusal


def _act(actor: Actor, name: str, subject: Subject, outcome: Any, reason: str) -> Act:
    changed = outcome if isinstance(outcome, models.Model) else subject
    return Act(actor, name, subject.organisation_id, changed._meta.label_lower, changed.pk, reason)
