"""Background work by name. django-tasks-db keeps the queue; retry, schedule, time limit and reclaim are ours.

Arguments lie in clear in the queue's rows, so they are ids, never words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from .models import Due


@dataclass(frozen=True, slots=True)
class Job:
    """A named piece of background work.

    `tries` in all, the waiting doubled from a minute on; `limit` is how long one try may take; `every` is set for
    work that repeats by itself.
    """

    name: str
    do: Callable[..., None]
    tries: int
    limit: timedelta
    every: timedelta | None


JOBS: dict[str, Job] = {}
Do = Callable[..., None]


class JobFailed(RuntimeError):
    """A try that failed. It carries the kind of error and never its words, which could quote a record."""


def job(
    name: str, *, tries: int = 6, limit: timedelta = timedelta(minutes=5), every: timedelta | None = None
) -> Callable[[Do], Do]:
    """Declare a job. Raises ValueError where the name is taken."""

    def declare(do: Do) -> Do:
        if name in JOBS:
            raise ValueError(f"two jobs are called {name}")
        JOBS[name] = Job(name, do, tries, limit, every)
        return do

    return declare


def later(name: str, *ids: int, attempt: int = 1, wait: timedelta = timedelta()) -> None:
    """Put a job in the queue. Inside a transaction it is queued only if that one holds."""
    if name not in JOBS:
        raise ValueError(f"no job is called {name}")
    if not all(isinstance(one, int) for one in ids):
        raise TypeError("a job's arguments are ids")
    waiting = run_job.using(run_after=timezone.now() + wait) if wait else run_job
    waiting.enqueue(name, list(ids), attempt)


@task()
def run_job(name: str, ids: list[int], attempt: int) -> None:
    """One try of a job; a failed one is queued again until its tries are used up."""
    chosen = JOBS[name]
    try:
        chosen.do(*ids)
    except Exception as error:
        if attempt < chosen.tries:
            later(name, *ids, attempt=attempt + 1, wait=timedelta(minutes=2 ** (attempt - 1)))
        raise JobFailed(type(error).__name__) from None


def queue_what_is_due() -> None:
    """Queue every repeated job whose time has come, once, however many workers look."""
    now = timezone.now()
    for chosen in JOBS.values():
        if chosen.every is None:
            continue
        _, fresh = Due.objects.get_or_create(job=chosen.name, defaults={"at": now + chosen.every})
        taken = not fresh and Due.objects.filter(job=chosen.name, at__lte=now).update(at=now + chosen.every)
        if taken:
            later(chosen.name)
