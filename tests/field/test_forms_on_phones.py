"""The list of forms, the forms and their files, as phones fetch them."""

import hashlib
import re
from xml.etree import ElementTree

import pytest

from sabir.field.models import FormVersion
from sabir.field.public import add_device
from sabir.law.public import operator_actor

from .conftest import Phone

LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
MEDIA = """
    | survey | type | name | label | media::image |
    |        | text | who  | Q     | a b.png      |
"""


def listed(answer, space=LIST, name="xform"):
    root = ElementTree.fromstring(answer.content)
    return [{child.tag.removeprefix(space): child.text for child in row} for row in root.iter(space + name)]


def test_the_list_names_each_form_with_the_digest_of_its_exact_bytes(phone):
    answer = phone.get("formList")
    assert answer["Content-Type"].startswith("text/xml")
    (row,) = listed(answer)
    assert (row["formID"], row["version"], row["name"]) == ("visit", "1", "visit")
    form = phone.get(row["downloadUrl"])
    assert row["hash"] == "md5:" + hashlib.md5(form.content).hexdigest()
    assert form.content == bytes(FormVersion.everything.get().content)
    assert row["downloadUrl"].startswith(f"http://testserver/k/{phone.token}/")
    assert "manifestUrl" not in row


def test_every_element_of_the_list_is_in_its_namespace(phone):
    assert all(element.tag.startswith(LIST) for element in ElementTree.fromstring(phone.get("formList").content).iter())


@pytest.mark.parametrize("path", ["formList", "submission"])
def test_every_answer_carries_the_protocols_headers_and_no_cookie(phone, path):
    answer = phone.head(path)
    assert answer["X-OpenRosa-Version"] == "1.0"
    assert answer["X-OpenRosa-Accept-Content-Length"] == "2000000"
    assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", answer["Date"])
    assert not answer.cookies


def test_looking_before_sending_is_204_without_a_body(phone):
    answer = phone.head("submission")
    assert (answer.status_code, answer.content) == (204, b"")
    assert phone.head("formList").status_code == 200


def test_methods_that_make_no_sense_are_405_with_the_headers(phone):
    answer = phone.client.delete(f"/k/{phone.token}/formList")
    assert answer.status_code == 405
    assert answer["X-OpenRosa-Version"] == "1.0"


def test_unknown_parameters_are_ignored_and_form_id_filters(phone, publish):
    publish(form_id="other")
    assert len(listed(phone.get("formList?deviceID=collect%3Aabc&verbose=true"))) == 2
    assert [row["formID"] for row in listed(phone.get("formList?formID=other&deviceID=x"))] == ["other"]
    assert listed(phone.get("formList?formID=oth")) == []


def test_only_the_newest_version_is_listed_and_older_ones_stay_reachable(phone, publish):
    (old,) = listed(phone.get("formList"))
    publish(version="2")
    (new,) = listed(phone.get("formList"))
    assert (old["version"], new["version"]) == ("1", "2")
    assert phone.get(old["downloadUrl"]).status_code == 200


def test_another_unions_form_is_not_there(cast, phone, publish):
    publish(form_id="theirs", organisation=cast.other_union)
    theirs = FormVersion.everything.get(form__form_id="theirs")
    assert "theirs" not in phone.get("formList").content.decode()
    assert phone.get(f"forms/{theirs.md5}.xml").status_code == 404
    _device, token = add_device(operator_actor(cast.other_union.pk), cast.other_union, label="p", days=1)
    assert Phone(token).get(f"forms/{theirs.md5}.xml").status_code == 200


def test_files_are_in_the_manifest_with_their_digests_and_can_be_fetched(phone, publish):
    publish(MEDIA, version="2", media={"a b.png": b"\x89PNG tone"})
    (row,) = listed(phone.get("formList"))
    answer = phone.get(row["manifestUrl"])
    assert answer["Content-Type"].startswith("text/xml")
    (file,) = listed(answer, MANIFEST, "mediaFile")
    assert file["filename"] == "a b.png"
    assert file["hash"] == "md5:" + hashlib.md5(b"\x89PNG tone").hexdigest()
    picture = phone.get(file["downloadUrl"])
    assert picture.content == b"\x89PNG tone"
    assert picture["Content-Type"] == "image/png"
    assert phone.get(row["manifestUrl"].replace("manifest", "media/none.png")).status_code == 404


def test_a_form_whose_files_are_missing_is_listed_without_a_manifest(phone, publish):
    published = publish(MEDIA, version="2")
    assert [said.problem.code for said in published.problems] == ["media.missing"]
    assert "manifestUrl" not in listed(phone.get("formList"))[0]


def test_what_the_phone_has_is_not_sent_again(phone, publish):
    publish(MEDIA, version="2", media={"a b.png": b"x"})
    (row,) = listed(phone.get("formList"))
    (file,) = listed(phone.get(row["manifestUrl"]), MANIFEST, "mediaFile")
    for path in ("formList", row["downloadUrl"], row["manifestUrl"], file["downloadUrl"]):
        tag = phone.get(path)["ETag"].removeprefix("W/")
        for held in (tag, f"W/{tag}", f'"other", W/{tag}', "*"):
            again = phone.get(path, if_none_match=held)
            assert (again.status_code, again.content) == (304, b""), path
            assert again["X-OpenRosa-Version"] == "1.0"
        assert phone.get(path, if_none_match='"other"').status_code == 200


def test_the_list_changes_its_tag_with_a_new_version(phone, publish):
    before = phone.get("formList")["ETag"]
    publish(version="2")
    assert phone.get("formList", if_none_match=before).status_code == 200


def test_names_are_escaped_in_the_list(phone, publish):
    publish(version="2", form_title="Wages &lt; hours & rest".replace("&lt;", "<"))
    assert listed(phone.get("formList"))[0]["name"] == "Wages < hours & rest"
