"""XML from strangers: what is refused, how quickly, and that nothing else is."""

import time

import pytest

from sabir.field.xform import Refused, check, read_plan, read_submission
from sabir.field.xform_xml import DEPTH, REPORT_BYTES, REPORT_ELEMENTS, read_xml

HOSTILE = (
    "billion_laughs.xml",
    "cyclic.xml",
    "deep_nesting_50k.xml",
    "dtd.xml",
    "dtd_element.xml",
    "external.xml",
    "external_file.xml",
    "fake.xlsx",
    "nul_and_ctrl.xml",
    "quadratic.xml",
    "xmlbomb.xml",
    "xmlbomb2.xml",
    "xxe_file_submission.xml",
)


def refusal(raw: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_xml(raw, limit=REPORT_BYTES, elements=REPORT_ELEMENTS)
    return refused.value.problem.code


def read(raw: bytes) -> str:
    return read_xml(raw, limit=REPORT_BYTES, elements=REPORT_ELEMENTS).tag


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_within_a_moment_as_report_and_as_form(samples, name):
    raw = (samples / "hostile" / name).read_bytes()
    began = time.monotonic()
    for reader in (read_submission, read_plan):
        with pytest.raises(Refused) as refused:
            reader(raw)
        assert refused.value.problem.code.startswith("xml.")
    assert time.monotonic() - began < 1


def test_every_other_hostile_file_is_no_form_either(samples):
    for path in (samples / "hostile").iterdir():
        with pytest.raises(Refused):
            read_plan(path.read_bytes())


def test_plain_xml_is_read_and_the_same_with_a_document_type_is_not():
    assert read(b"<a/>") == "a"
    assert refusal(b"<!DOCTYPE a><a/>") == "xml.dtd"


def test_entities_are_refused_but_for_the_five_of_xml_itself():
    assert read(b"<a>&lt;&amp;&#233;</a>") == "a"
    assert refusal(b"<a>&eacute;</a>") == "xml.malformed"


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "us-ascii"])
def test_utf8_is_read_with_or_without_saying_so(encoding):
    assert read(f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode()) == "a"
    assert read(b"\xef\xbb\xbf<?xml version='1.0'?><a>\xc3\xa9</a>") == "a"


@pytest.mark.parametrize(
    "raw",
    [
        b'<?xml version="1.0" encoding="latin-1"?><a/>',
        b'<?xml version="1.0" encoding="klingon"?><a/>',
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
        b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-16'?><a/>",
        '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16"),
        b"<a>\xe9</a>",
    ],
)
def test_any_other_charset_is_refused(raw):
    assert refusal(raw) == "xml.charset"


@pytest.mark.parametrize("raw", [b"", b"<a>", b"a", b"<a>\x00</a>", b"<a>\x0b</a>", b"<a/><b/>"])
def test_damaged_xml_is_refused(raw):
    assert refusal(raw) == "xml.malformed"


def test_depth_is_allowed_up_to_the_limit_and_no_further():
    def nested(levels: int) -> bytes:
        return b"<g>" * levels + b"</g>" * levels

    assert read(nested(DEPTH)) == "g"
    assert refusal(nested(DEPTH + 1)) == "xml.too_deep"


def test_elements_are_counted():
    assert read(b"<a>" + b"<b/>" * (REPORT_ELEMENTS - 1) + b"</a>") == "a"
    assert refusal(b"<a>" + b"<b/>" * REPORT_ELEMENTS + b"</a>") == "xml.too_many_elements"


def test_size_is_limited():
    assert read(b"<a>" + b"x" * (REPORT_BYTES - 7) + b"</a>") == "a"
    assert refusal(b"<a>" + b"x" * (REPORT_BYTES - 6) + b"</a>") == "xml.too_large"


def form_of(questions: int) -> bytes:
    instance = "".join(f"<q{n}/>" for n in range(questions))
    binds = "".join(f'<bind nodeset="/data/q{n}" relevant="count(/data) &gt; 0"/>' for n in range(questions))
    return (
        '<h:html xmlns:h="http://www.w3.org/1999/xhtml" xmlns="http://www.w3.org/2002/xforms"><h:head><model>'
        f'<instance><data id="x">{instance}</data></instance>{binds}</model></h:head><h:body/></h:html>'
    ).encode()


@pytest.mark.parametrize(("questions", "fine"), [(5_000, True), (5_001, False), (40_000, False)])
def test_a_very_long_form_is_judged_in_a_few_seconds_and_an_absurd_one_refused(questions, fine):
    began = time.process_time()
    codes = [problem.code for problem in check(form_of(questions))[1]]
    assert ("form.too_many_questions" in codes) is not fine
    assert time.process_time() - began < 10
