"""Reports: who they say they are, and which answer goes where."""

import hashlib
import hmac

import pytest

from sabir.field.xform import Plan, Refused, Split, read_submission, split

from .tables import YES_NO, judged

FORM = (
    """
    | survey | type                   | name    | label | bind::sabir:class | bind::sabir:finder | appearance |
    |        | text                   | who     | Q     | identity          | yes                |            |
    |        | select_one yes_no      | alone   | Q     | fact              |                    |            |
    |        | select_multiple yes_no | several | Q     | fact              |                    |            |
    |        | date                   | since   | Q     | fact              |                    | month-year |
    |        | text                   | story   | Q     | narrative         |                    |            |
    |        | integer                | wage    | Q     |                   |                    |            |
    |        | image                  | photo   | Q     | identity          |                    |            |
    |        | audio                  | voice   | Q     | narrative         |                    |            |
    |        | begin_repeat           | job     | Q     |                   |                    |            |
    |        | begin_group            | place   | Q     |                   |                    |            |
    |        | select_one yes_no      | far     | Q     | fact              |                    |            |
    |        | text                   | town    | Q     |                   |                    |            |
    |        | end_group              |         |       |                   |                    |            |
    |        | end_repeat             |         |       |                   |                    |            |
    """
    + YES_NO
)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return judged(FORM)[0]


def sorted_out(plan: Plan, inside: str) -> Split:
    return split(read_submission(f'<data id="visit" version="1">{inside}</data>'.encode()), plan)


def test_each_answer_goes_where_its_class_says(plan):
    found = sorted_out(
        plan,
        "<who>Awa</who><alone>yes</alone><several>no yes</several><since>2026-03-01</since><story>one\ntwo</story>"
        "<wage>900</wage><photo>p.jpg</photo><voice>v.m4a</voice>",
    )
    assert found.facts == {"alone": "yes", "several": "no yes", "since": "2026-03"}
    assert found.identity == {"who": "Awa", "photo": "p.jpg"}
    assert found.finder == {"who": "Awa"}
    assert found.narrative == {"story": "one\ntwo", "voice": "v.m4a"}
    assert found.detail == {"wage": "900"}
    assert found.files == {"p.jpg": "identity", "v.m4a": "narrative"}
    assert set(found.sealed()) == {"finder", "identity", "narrative", "detail"}


def test_an_empty_report_still_has_its_four_sealed_parts(plan):
    assert sorted_out(plan, "<who/><alone> </alone>").sealed() == {
        "finder": {},
        "identity": {},
        "narrative": {},
        "detail": {},
    }


def test_answers_in_repeats_are_numbered_from_one(plan):
    one = "<job><place><far>yes</far><town>A</town></place></job>"
    found = sorted_out(plan, one + "<job><place><far>no</far></place></job>")
    assert found.facts == {"job[1]/place/far": "yes", "job[2]/place/far": "no"}
    assert found.detail == {"job[1]/place/town": "A"}
    assert sorted_out(plan, one).facts == {"job[1]/place/far": "yes"}


@pytest.mark.parametrize(
    ("answer", "path", "value"),
    [
        ("<alone>Fatou, 12 rue X</alone>", "alone", "Fatou, 12 rue X"),
        ("<alone>YES</alone>", "alone", "YES"),
        ("<several>yes Fatou no</several>", "several", "Fatou"),
        ("<since>3 March</since>", "since", "3 March"),
        ("<since>2026-13-01</since>", "since", "2026-13-01"),
        ("<alone>yes</alone><alone>no</alone>", "alone[2]", "no"),
        ("<alone><x>yes</x></alone>", "alone/x", "yes"),
        ('<alone why="fear">yes</alone>', "alone/@why", "fear"),
        ("<new>word</new>", "new", "word"),
        ("<place><far>yes</far></place>", "place/far", "yes"),
        ("<meta><instanceName>Awa</instanceName></meta>", "meta/instanceName", "Awa"),
        ("<meta><deviceID>d1</deviceID></meta>", "meta/deviceID", "d1"),
        ("loose words", "#text", "loose words"),
    ],
)
def test_whatever_is_not_a_declared_choice_in_its_place_is_sealed(plan, answer, path, value):
    found = sorted_out(plan, answer)
    assert found.detail[path] == value
    assert value not in found.facts.values()
    assert set(found.facts.values()) <= {"yes", "yes no", "no"}


def test_the_clients_own_log_is_expected_as_a_sealed_file(plan):
    assert sorted_out(plan, "<meta><audit>audit.csv</audit></meta>").files == {"audit.csv": "detail"}


def test_attributes_of_the_root_are_sealed_but_for_its_names(plan):
    assert split(read_submission(b'<data id="visit" version="1" who="Awa"/>'), plan).detail == {"@who": "Awa"}


HEAD = '<d:data xmlns:d="urn:d" xmlns:orx="http://openrosa.org/xforms" %s><orx:meta>%s</orx:meta></d:data>'


def test_the_head_is_read_whatever_the_namespaces():
    report = read_submission((HEAD % ('id="a" orx:version="2"', "<orx:instanceID> uuid:1 </orx:instanceID>")).encode())
    assert (report.form_id, report.version, report.instance_id, report.encrypted) == ("a", "2", "uuid:1", False)
    assert read_submission((HEAD % ('encrypted="yes" instanceID="x"', "")).encode()).encrypted
    assert read_submission((HEAD % ('instanceID="x"', "")).encode()).instance_id == "x"


def test_a_report_without_an_id_goes_by_its_namespace_and_without_one_is_refused():
    assert read_submission((HEAD % ("", "")).encode()).form_id == "urn:d"
    with pytest.raises(Refused) as refused:
        read_submission(b"<data/>")
    assert refused.value.problem.code == "report.no_form"


def test_an_absurdly_long_identity_is_refused():
    with pytest.raises(Refused) as refused:
        read_submission(f'<data id="{"a" * 301}"/>'.encode())
    assert refused.value.problem.code == "report.long_id"


def digest(instance: str, form: str = "visit", key: bytes = b"k") -> str:
    raw = f'<data id="{form}"><meta><instanceID>{instance}</instanceID></meta></data>'.encode()
    return read_submission(raw).digest(key)


UUID = "uuid:7d4b8f5e-3f63-4b62-9a51-2f3c6b9a1e00"


def test_the_digest_of_a_random_identity_needs_no_key():
    expected = hashlib.sha256(b"visit\x00" + UUID.encode()).hexdigest()
    assert digest(UUID) == digest(UUID, key=b"other") == expected
    assert digest(UUID.removeprefix("uuid:")) != expected


@pytest.mark.parametrize("instance", ["1", "uuid:1", "7d4b8f5e-3f63-1b62-9a51-2f3c6b9a1e00", "Awa 1990"])
def test_any_other_identity_is_keyed_so_that_it_cannot_be_guessed(instance):
    assert digest(instance) == hmac.new(b"k", b"visit\x00" + instance.encode(), hashlib.sha256).hexdigest()
    assert digest(instance) != digest(instance, key=b"other")


def test_the_same_identity_under_another_form_is_another_report():
    assert digest(UUID) != digest(UUID, form="other")


def test_without_an_identity_the_bytes_stand_for_it():
    raws = [b'<data id="visit"><a>1</a></data>', b'<data id="visit"><a>2</a></data>']
    first, second = (read_submission(raw).digest(b"k") for raw in raws)
    assert first != second
    assert read_submission(raws[0]).digest(b"k") == first
