"""The few questions whose SQL is written once answer as the managers do."""

import pytest

from sabir.field.models import Submission
from sabir.field.queries import device_of, plan_of, submission_known, version_of_report
from sabir.kernel.public import NotHere, Prepared, row_of
from sabir.network.models import Organisation

from .conftest import report


def test_a_prepared_question_can_be_asked_with_other_values(cast):
    by_acronym = Prepared(lambda: Organisation.objects.filter(acronym="?a").values_list("pk"), acronym="?a")
    assert by_acronym.rows(acronym="UGTT") == [(cast.union.pk,)]
    assert by_acronym.rows(acronym="UGTCI") == [(cast.other_union.pk,)]
    assert by_acronym.rows(acronym="' or 1=1 --") == []


def test_a_row_of_a_few_columns_fetches_the_others_when_asked(cast):
    row = row_of(Organisation, {"uid": cast.union.uid, "id": cast.union.pk})
    assert (row.pk, row.uid, row.acronym) == (cast.union.pk, cast.union.uid, "UGTT")


def test_a_device_knows_its_union(cast, phone):
    actor, union = device_of(phone.token)
    assert (union, union.uid) == (cast.union, cast.union.uid)
    assert actor.may("field.receive", cast.union.pk)
    assert not actor.may("field.publish", cast.union.pk)


def test_a_published_version_is_found_by_its_names_and_only_in_its_union(cast, phone, acting):
    actor, _union = device_of(phone.token)
    version = version_of_report(actor, "visit", "1")
    assert (version.form.form_id, version.version, plan_of(version).form_id) == ("visit", "1", "visit")
    for who, form_id, number in ((actor, "visit", "2"), (actor, "vis it", "1"), (acting(cast.celia), "visit", "1")):
        with pytest.raises(NotHere):
            version_of_report(who, form_id, number)


def test_a_known_report_is_recognised(phone):
    phone.send(report())
    kept = Submission.everything.select_related("version").get()
    found = submission_known(kept.version, kept.digest)
    assert (found, found.raw, found.reference) == (kept, kept.raw, kept.reference)
    assert submission_known(kept.version, "0" * 64) is None
