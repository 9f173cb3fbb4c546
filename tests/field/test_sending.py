"""Reports from phones: kept once, sealed whole, refused with words, and nothing left behind."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from sabir.field.arrivals import digest_key
from sabir.field.models import Spent, Submission, Tally
from sabir.field.services import forget_spent
from sabir.field.xform import read_submission
from sabir.kernel.public import month
from sabir.ledger.models import Entry
from sabir.vault.models import Envelope
from sabir.vault.public import names_kept

from .conftest import INTAKE, multipart, report

ANSWERS = (
    "<consent_record>yes</consent_record><consent_count>yes</consent_count><who>Awa Marked</who><alone>yes</alone>"
    "<several>yes no</several><story>A marked story</story><wage>900</wage>"
)
WHOLE = multipart(("xml_submission_file", report(ANSWERS), "text/xml"))
PHOTO = "<photo>p.jpg</photo><voice>v.m4a</voice>"


def on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_report_is_kept_sealed_and_its_facts_in_clear(phone, opened):
    xml = report(ANSWERS)
    answer = phone.send(xml)
    assert answer.status_code == 201
    kept = Submission.everything.get()
    assert kept.facts == {"consent_record": "yes", "consent_count": "yes", "alone": "yes", "several": ["yes", "no"]}
    assert kept.raw == hashlib.sha256(xml).hexdigest()
    assert kept.received_on == date.today()
    assert kept.device.label == "desk phone"
    found = opened(kept.digest)
    assert found["identity"] == {"who": "Awa Marked"} == found["finder"]
    assert found["narrative"] == {"story": "A marked story"}
    assert found["detail"]["wage"] == "900"
    assert found["detail"]["meta/instanceID"].startswith("uuid:")


def test_the_answer_names_the_number_that_was_given(phone):
    answer = phone.send(report(ANSWERS), accept_language="en")
    number = Submission.everything.get().reference
    assert number
    assert f'nature="submit_success">The report has arrived, sealed. Its number: {number}.' in answer.content.decode()
    assert answer["Content-Type"].startswith("text/xml")


def test_a_report_opens_a_dossier_and_is_entered_in_the_ledger_with_nothing_quotable(phone):
    phone.send(report(ANSWERS))
    verbs = list(Entry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs.count("field.receive") == 1
    assert "Awa" not in repr(list(Entry.objects.values()))


def test_a_form_that_opens_nothing_keeps_its_reports_without_a_number(cast, phone):
    from sabir.field.public import publish_bytes
    from sabir.law.public import operator_actor

    from .tables import xform

    raw = xform(INTAKE).replace(b'<data id="visit"', b'<data sabir:opens="nothing" id="poll"')
    assert not publish_bytes(operator_actor(cast.union.pk), cast.union, raw, name="poll.xml").refused
    assert phone.send(report(ANSWERS, form="poll")).status_code == 201
    assert Submission.everything.get().reference == ""


def test_the_same_bytes_again_are_taken_and_kept_once(phone):
    xml = report(ANSWERS)
    assert phone.send(xml).status_code == 201
    entries = Entry.objects.count()
    assert phone.send(xml).status_code == 202
    assert Submission.everything.count() == 1
    assert Envelope.everything.count() == 4
    assert Entry.objects.count() == entries


def test_other_bytes_under_the_same_identity_are_a_conflict(phone):
    xml = report(ANSWERS)
    phone.send(xml)
    answer = phone.send(xml.replace(b"<wage>900", b"<wage>901"), ("p.jpg", b"x" * 10))
    assert answer.status_code == 409
    assert b"<message>" in answer.content
    assert Submission.everything.count() == 1


def test_the_same_identity_under_another_form_is_another_report(phone, publish):
    publish(form_id="other")
    named = "uuid:7d4b8f5e-3f63-4b62-9a51-2f3c6b9a1e00"
    assert phone.send(report(ANSWERS, named)).status_code == 201
    assert phone.send(report(ANSWERS, named, form="other")).status_code == 201
    assert Submission.everything.count() == 2


def test_an_identity_that_is_no_uuid_is_taken_and_recognised(phone):
    xml = report(ANSWERS, "desk-7")
    assert phone.send(xml).status_code == 201
    assert phone.send(xml).status_code == 202
    assert Submission.everything.get().digest != hashlib.sha256(b"visit\0desk-7").hexdigest()


def file_digest(xml, name):
    return read_submission(xml).file_digest(name, digest_key())


def test_files_are_sealed_under_names_that_tell_nothing(cast, phone, sealed_folder):
    xml = report(ANSWERS + PHOTO)
    answer = phone.send(xml, ("p.jpg", b"marked photo" * 99), ("v.m4a", b"marked voice" * 9999))
    assert answer.status_code == 201
    kept = Submission.everything.get()
    expected = {file_digest(xml, "p.jpg"): "identity", file_digest(xml, "v.m4a"): "narrative"}
    assert kept.expected == expected
    assert names_kept(cast.union.pk, kept.digest) == set(expected)
    assert set(Envelope.everything.filter(kind="file").values_list("part", flat=True)) == {"identity", "narrative"}
    paths = on_disk(sealed_folder)
    assert len(paths) == 2
    assert not any(b"marked" in path.read_bytes() or "p.jpg" in path.name for path in paths)


@pytest.mark.parametrize("order", [("p.jpg", "v.m4a"), ("v.m4a", "p.jpg")])
def test_files_may_come_later_and_in_any_order(cast, phone, sealed_folder, order):
    xml = report(ANSWERS + PHOTO)
    first, second = order
    assert phone.send(xml).status_code == 201
    assert phone.send(xml, (first, b"one")).status_code == 201
    assert phone.send(xml, (second, b"two")).status_code == 201
    assert phone.send(xml, (first, b"one"), (second, b"two")).status_code == 202
    kept = Submission.everything.get()
    assert names_kept(cast.union.pk, kept.digest) == set(kept.expected)
    assert len(on_disk(sealed_folder)) == 2
    assert Envelope.everything.exclude(kind="file").count() == 4


def test_a_file_the_report_does_not_name_is_not_kept(phone, sealed_folder):
    assert phone.send(report(ANSWERS), ("stray.jpg", b"x")).status_code == 201
    assert on_disk(sealed_folder) == []
    assert Envelope.everything.filter(kind="file").count() == 0


def test_names_in_arabic_and_with_signs_of_xml_are_the_names_in_the_report(cast, phone):
    xml = report(ANSWERS + "<photo>صورة&amp;1.jpg</photo>")
    assert phone.send(xml, ("صورة&1.jpg", b"x")).status_code == 201
    kept = Submission.everything.get()
    assert names_kept(cast.union.pk, kept.digest) == {file_digest(xml, "صورة&1.jpg")}


def test_a_hundred_and_one_files_in_one_sending_are_taken(phone):
    files = [(f"{number}.jpg", b"x") for number in range(101)]
    assert phone.send(report(ANSWERS), *files).status_code == 201


def test_an_older_version_is_taken_after_a_new_one_is_published(phone, publish):
    publish(version="2")
    assert phone.send(report(ANSWERS, version="1")).status_code == 201
    assert phone.send(report(ANSWERS, version="2")).status_code == 201
    assert phone.send(report(ANSWERS, version="3")).status_code == 404


@pytest.mark.parametrize(
    ("xml", "status"),
    [
        (report(form="nobodys"), 404),
        (report(version="9"), 404),
        (b"<data/>", 400),
        (b"hello", 400),
        (b"<!DOCTYPE d><data id='visit'/>", 400),
        (report().replace(b"<data", b'<data encrypted="yes"'), 400),
        (report().replace(b"</meta>", b"<deprecatedID>uuid:1</deprecatedID></meta>"), 409),
    ],
)
def test_what_cannot_be_taken_is_refused_with_words_and_nothing_is_kept(phone, sealed_folder, xml, status):
    answer = phone.send(xml, ("p.jpg", b"x" * 100_000))
    assert answer.status_code == status
    assert b"<message>" in answer.content
    assert b'OpenRosaResponse xmlns="http://openrosa.org/http/response"' in answer.content
    assert answer["X-OpenRosa-Version"] == "1.0"
    assert Submission.everything.count() == 0
    assert on_disk(sealed_folder) == []


def test_hostile_bodies_are_refused_with_words_and_nothing_is_kept(phone, samples, sealed_folder):
    for path in sorted((samples / "hostile").iterdir()):
        answer = phone.send(path.read_bytes())
        assert 400 <= answer.status_code < 500, path.name
        assert b"<message>" in answer.content
    assert Submission.everything.count() == Envelope.everything.count() == 0
    assert on_disk(sealed_folder) == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "multipart/form-data; boundary=x"),
        (b"--x--\r\n", "multipart/form-data; boundary=x"),
        (b"a=b", "application/x-www-form-urlencoded"),
        (b"<data/>", "text/xml"),
        (b"", ""),
        multipart(("other", b"<data/>", "text/xml")),
        (WHOLE[0][:-30], WHOLE[1]),
    ],
)
def test_a_sending_without_a_whole_report_is_never_a_success(phone, body, kind):
    answer = phone.post(body, kind)
    assert answer.status_code == 400
    assert b"<message>" in answer.content
    assert Submission.everything.count() == 0


@pytest.mark.parametrize(("language", "words"), [("en", "damaged"), ("fr", "message"), ("xx", "message")])
def test_words_are_in_the_phones_language(phone, language, words):
    answer = phone.send(b"<data", accept_language=language)
    assert words in answer.content.decode()
    assert answer["Content-Language"] in {"fr", "en"}


def test_a_union_without_a_key_takes_no_report(cast, phone):
    from sabir.vault.models import Holder, KeyStatement, Wrap

    assert phone.head("submission").status_code == 204
    Wrap.objects.all().delete()
    Holder.everything.all().delete()
    KeyStatement.everything.all().delete()
    assert phone.send(report(ANSWERS)).status_code == 409


def test_a_fault_of_ours_is_told_in_an_envelope_and_quotes_nothing(phone, monkeypatch, caplog, sealed_folder):
    def broken(*_args, **_kwargs):
        raise RuntimeError("Awa Marked")

    monkeypatch.setattr("sabir.field.api.receive", broken)
    answer = phone.send(report(ANSWERS))
    assert answer.status_code == 500
    assert b"<message>" in answer.content
    assert b"Awa" not in answer.content
    assert answer["X-OpenRosa-Version"] == "1.0"


REFUSED = "<consent_record>no</consent_record><who>Awa Marked</who>" + PHOTO


def test_a_person_who_says_no_is_counted_in_the_month_and_nowhere_else(cast, phone, sealed_folder):
    answer = phone.send(report(REFUSED), ("p.jpg", b"x" * 100_000), ("v.m4a", b"y"))
    assert answer.status_code == 201
    assert Submission.everything.count() == Envelope.everything.count() == 0
    assert on_disk(sealed_folder) == []
    tally = Tally.everything.get()
    assert (tally.organisation, tally.month, tally.count) == (cast.union, month(date.today()), 1)
    entry = Entry.objects.order_by("-number").first()
    assert (entry.verb, entry.actor_kind, entry.actor_id) == ("field.count_unwritten", "task", 0)


def test_a_no_sent_again_is_not_counted_again_and_another_no_is(phone):
    xml = report(REFUSED)
    assert [phone.send(xml).status_code for _ in range(3)] == [201, 201, 201]
    assert Tally.everything.get().count == 1
    phone.send(report(REFUSED))
    assert Tally.everything.get().count == 2


def test_a_yes_under_the_identity_of_a_no_is_kept_and_not_lost_in_silence(phone):
    xml = report(REFUSED)
    phone.send(xml)
    assert phone.send(xml.replace(b">no<", b">yes<")).status_code == 201
    assert Submission.everything.count() == 1


def test_two_sendings_at_once_are_one_report(phone, monkeypatch):
    from sabir.field import queries

    xml = report(ANSWERS)
    phone.send(xml)
    asked = iter([None])
    known = queries.submission_known
    monkeypatch.setattr(queries, "submission_known", lambda *named: next(asked, "over") and known(*named))
    assert phone.send(xml).status_code == 202
    assert Submission.everything.count() == 1


def test_after_two_months_it_is_forgotten_that_a_no_came(phone):
    phone.send(report(REFUSED))
    assert forget_spent() == 0
    Spent.objects.update(month="2020-01")
    assert forget_spent() == 1
    assert Tally.everything.get().count == 1


def test_only_an_explicit_yes_lets_a_report_be_counted(phone, monkeypatch):
    from sabir.field import services

    seen = []

    class Listening:
        def __iter__(self):
            return iter([lambda actor, report: seen.append(report) or "K-1"])

    monkeypatch.setattr(services, "received", Listening())
    for count in ("yes", "no", ""):
        phone.send(
            report(f"<consent_record>yes</consent_record><consent_count>{count}</consent_count><alone>no</alone>")
        )
    assert [one.count_allowed for one in seen] == [True, False, False]
    assert seen[0].facts["alone"] == "no"
    assert seen[0].submission_id in set(Submission.everything.values_list("pk", flat=True))


def test_if_what_follows_fails_nothing_is_kept(phone, monkeypatch, sealed_folder):
    from sabir.field import services
    from sabir.kernel.public import NotNow

    class Refusing:
        def __iter__(self):
            def follow(actor, report):
                raise NotNow("x.y")

            return iter([follow])

    monkeypatch.setattr(services, "received", Refusing())
    assert phone.send(report(ANSWERS + PHOTO), ("p.jpg", b"x")).status_code == 409
    assert Submission.everything.count() == Envelope.everything.count() == 0
    assert on_disk(sealed_folder) == []


def test_facts_in_repeats_are_kept_as_codes(phone, publish):
    publish(
        INTAKE.replace(
            "    | choices",
            "| survey | begin_repeat | job | Q | | |\n| | select_one yes_no | far | Q | fact | |\n| | end_repeat | | | | |\n"
            "    | choices",
            1,
        ),
        version="2",
    )
    assert phone.send(report("<job><far>yes</far></job><job><far>no</far></job>", version="2")).status_code == 201
    assert Submission.everything.get().facts == {"job:1/far": "yes", "job:2/far": "no"}


def test_a_report_costs_few_queries(phone, django_assert_max_num_queries):
    phone.send(report(ANSWERS))
    with django_assert_max_num_queries(34):
        phone.send(report(ANSWERS))
    with django_assert_max_num_queries(1):
        phone.head("submission")
