"""Jobs are tried again, given their time, taken up after a kill, and repeated once however many look."""

import threading
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sabir.notices import letters
from sabir.notices.jobs import JOBS, job, later, queue_what_is_due
from sabir.notices.letters import Text, texts, write_letter
from sabir.notices.models import Due, Letter
from sabir.notices.worker import Worker, reclaim

pytestmark = pytest.mark.django_db


@pytest.fixture
def declared():
    """`declared("tests.job", do, ...)` declares a job for one test."""
    names = []

    def declare(name, do, **kwargs):
        names.append(name)
        return job(name, **kwargs)(do)

    yield declare
    for name in names:
        del JOBS[name]


def waiting():
    return list(DBTaskResult.objects.filter(status="READY").order_by("run_after"))


def test_a_job_runs_once(declared):
    done = []
    declared("tests.once", done.append)
    later("tests.once", 7)
    worker = Worker()
    assert (worker.one(), worker.one(), done) == (True, False, [7])


def test_a_failed_job_is_tried_again_later_and_not_for_ever(declared):
    def fail() -> None:
        raise ValueError("MARK-SECRET")

    declared("tests.fails", fail, tries=2)
    later("tests.fails")
    Worker().one()
    (again,) = waiting()
    assert again.run_after > timezone.now()
    DBTaskResult.objects.filter(pk=again.pk).update(run_after=timezone.now())
    Worker().one()
    assert waiting() == []


def test_what_went_wrong_is_kept_without_its_words(declared):
    def fail() -> None:
        raise ValueError("MARK-SECRET")

    declared("tests.tells", fail, tries=1)
    later("tests.tells")
    Worker().one()
    row = DBTaskResult.objects.get()
    assert "ValueError" in row.traceback
    assert "MARK-SECRET" not in row.traceback


def test_arguments_are_ids_only(declared):
    declared("tests.ids", lambda name: None)
    with pytest.raises(TypeError):
        later("tests.ids", "Aminata")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no job"):
        later("tests.unknown")


def test_a_job_that_takes_too_long_is_stopped(declared):
    declared("tests.slow", lambda: time.sleep(30), tries=1, limit=timedelta(seconds=0.2))
    later("tests.slow")
    start = time.monotonic()
    Worker().one()
    assert time.monotonic() - start < 10
    assert DBTaskResult.objects.get().status == "FAILED"


def test_what_a_killed_worker_left_is_taken_up(declared):
    done = []
    declared("tests.left", lambda: done.append(1), limit=timedelta(minutes=1))
    later("tests.left")
    Worker()._claim()
    assert waiting() == []
    reclaim()
    assert waiting() == []  # it may still be running
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(minutes=3))
    reclaim()
    Worker().one()
    assert done == [1]


def test_repeated_work_is_queued_when_due_and_once(declared):
    declared("tests.daily", lambda: None, every=timedelta(days=1))
    queue_what_is_due()
    assert [row for row in waiting() if row.args_kwargs["args"][0] == "tests.daily"] == []
    Due.objects.filter(job="tests.daily").update(at=timezone.now())
    queue_what_is_due()
    queue_what_is_due()
    assert len([row for row in waiting() if row.args_kwargs["args"][0] == "tests.daily"]) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_a_job_once(declared):
    done, barrier = [], threading.Barrier(2)
    declared("tests.two", lambda: done.append(1))
    later("tests.two")

    def work() -> None:
        barrier.wait()
        try:
            row = Worker()._claim()
            if row is not None:
                done.append(row.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1


def test_a_letter_leaves_after_its_verb_in_the_persons_language(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cast.amina.language = "ar"
    cast.amina.save(update_fields=["language"])
    text = texts.fill(Text("tests.letter", "A subject", "A body"))
    try:
        _inside_a_verb(cast, lambda: write_letter(cast.amina.pk, "tests.letter"))
        assert mail.outbox == []
        while Worker().one():
            pass
        (sent,) = mail.outbox
        assert (sent.to, sent.subject, sent.body) == (["amina@example.invalid"], "A subject", "A body")
        letters.send(Letter.objects.get().pk)
        assert len(mail.outbox) == 1
    finally:
        texts._plugs.remove(text)


def test_a_letter_outside_a_verb_is_refused(cast):
    with pytest.raises(RuntimeError):
        write_letter(cast.amina.pk, "cases.arrived")


def _inside_a_verb(cast, do):
    from sabir.law import verbs

    with verbs._one_transaction():
        do()


def test_a_worker_outlives_a_database_that_is_away(monkeypatch, caplog):
    worker, looks = Worker(pause=0), []

    def look():
        looks.append(1)
        worker.going = len(looks) < 3
        raise OperationalError("near 'Awa Marked'")

    monkeypatch.setattr("sabir.notices.worker.signal.signal", lambda *told: None)
    monkeypatch.setattr("sabir.notices.worker.queue_what_is_due", look)
    worker.run()
    assert len(looks) == 3
    assert "OperationalError" in caplog.text
    assert "Awa" not in caplog.text
