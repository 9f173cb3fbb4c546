"""The plan: what is read out of a form."""

import json

import pytest

from sabir.field.xform import Plan, Refused, read_plan
from sabir.field.xform_plan import language_code

from .tables import judged

FORM = """
    | settings | form_id | form_title | version  | default_language | namespaces                                |
    |          | intake  | Accueil    | 2026112201 | Français (fr)  | sabir="https://rsmms.net/sabir/xforms"    |
    | survey   | type                | name   | label::Français (fr) | label::العربية (ar) | bind::sabir:class | bind::sabir:finder | appearance | image::Français (fr) |
    |          | start               | start  |                      |         |           |     |            |       |
    |          | text                | who    | Nom                  | الاسم   | identity  | yes |            | a.png |
    |          | select_one yes_no   | alone  | Seule ?              | وحدها   | fact      |     |            |       |
    |          | date                | since  | Depuis               | منذ     | fact      |     | month-year |       |
    |          | begin_repeat        | wages  | Salaires             | أجور    |           |     |            |       |
    |          | integer             | sum    | Montant de ${who}    | المبلغ  |           |     |            |       |
    |          | begin_group         | where  | Où                   | أين     |           |     |            |       |
    |          | select_multiple yes_no | how | Comment              | كيف     | fact      |     |            |       |
    |          | end_group           |        |                      |         |           |     |            |       |
    |          | end_repeat          |        |                      |         |           |     |            |       |
    |          | image               | photo  | Photo                | صورة    | identity  |     |            |       |
    |          | audio               | voice  | Voix                 | صوت     | narrative |     |            |       |
    |          | note                | thanks | Merci                | شكرا    |           |     |            |       |
    |          | calculate           | twice  |                      |         |           |     |            |       |
    | choices  | list_name | name | label::Français (fr) | label::العربية (ar) |
    |          | yes_no    | yes  | Oui                  | نعم                 |
    |          | yes_no    | no   | Non                  | لا                  |
"""  # noqa: E501


@pytest.fixture(scope="module")
def plan() -> Plan:
    return judged(FORM.replace("| calculate           | twice  |", "| hidden              | twice  |"))[0]


def test_the_form_is_named(plan):
    assert (plan.form_id, plan.version, plan.title) == ("intake", "2026112201", {"fr": "Accueil"})
    assert plan.languages == ("fr", "ar")
    assert plan.opens == "case"


def test_every_question_is_a_column_with_its_kind_and_class(plan):
    assert [(c.path, c.kind, c.secrecy) for c in plan.columns] == [
        ("start", "metadata", "detail"),
        ("who", "text", "identity"),
        ("alone", "select1", "fact"),
        ("since", "date", "fact"),
        ("wages/sum", "integer", "detail"),
        ("wages/where/how", "select", "fact"),
        ("photo", "image", "identity"),
        ("voice", "audio", "narrative"),
        ("thanks", "note", "detail"),
        ("twice", "calculate", "detail"),
    ]


def test_marks_choices_repeats_and_files_are_told(plan):
    how = plan.column("wages/where/how")
    assert how.repeat == "wages"
    assert how.choices == ("yes", "no")
    assert how.choice_labels == {"yes": {"fr": "Oui", "ar": "نعم"}, "no": {"fr": "Non", "ar": "لا"}}
    assert [c.path for c in plan.columns if c.finder] == ["who"]
    assert [c.path for c in plan.columns if c.month] == ["since"]
    assert [c.path for c in plan.binary] == ["photo", "voice"]
    assert plan.media == ("a.png",)


def test_labels_are_told_by_language_with_shown_answers_left_out(plan):
    assert plan.column("wages/sum").labels == {"fr": "Montant de …", "ar": "المبلغ"}


def test_a_plan_survives_its_json(plan):
    assert Plan.from_json(json.loads(json.dumps(plan.as_json()))) == plan
    assert plan.as_json()["columns"][1]["class"] == "identity"


def test_a_column_is_found_by_path_and_by_name_outside_repeats(plan):
    assert plan.column("nowhere") is None
    assert plan.named("alone").path == "alone"
    assert plan.named("sum") is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("العربية (ar)", "ar"),
        ("Français (fr)", "fr"),
        ("Português do Brasil (pt_BR)", "pt-BR"),
        ("French", "fr"),
        ("العربية", "ar"),
        ("it", "it"),
        ("Wolof", "Wolof"),
        ("", "und"),
    ],
)
def test_languages_are_known_by_their_code(name, code):
    assert language_code(name) == code


@pytest.mark.parametrize("name", ["01-basic-repeat", "08-complex-repeats", "12-NestedRepeat", "bind-attributes"])
def test_forms_made_elsewhere_are_read(samples, name):
    plan = read_plan((samples / "xforms" / f"{name}.xml").read_bytes())
    assert plan.form_id
    assert plan.columns


def test_nested_repeats_name_the_innermost(samples):
    plan = read_plan((samples / "xforms" / "12-NestedRepeat.xml").read_bytes())
    assert {c.path: c.repeat for c in plan.columns} == {
        "person_repeat/person_name": "person_repeat",
        "person_repeat/language_repeat/language": "person_repeat/language_repeat",
        "person_repeat/country": "person_repeat",
    }


H = '<h:html xmlns:h="http://www.w3.org/1999/xhtml" xmlns="http://www.w3.org/2002/xforms">%s</h:html>'


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ("<html/>", "xform.not_a_form"),
        (H % "<h:head/>", "xform.not_a_form"),
        (H % "<h:head><model/></h:head>", "xform.no_instance"),
        (H % "<h:head><model><instance/></model></h:head>", "xform.no_instance"),
        (H % "<h:head><model><instance><data><a/></data></instance></model></h:head>", "xform.no_id"),
    ],
)
def test_what_is_no_form_is_refused(xml, code):
    with pytest.raises(Refused) as refused:
        read_plan(xml.encode())
    assert refused.value.problem.code == code


def test_a_form_without_an_id_goes_by_its_namespace():
    body = '<h:head><model><instance><d:data xmlns:d="urn:x"><a/></d:data></instance></model></h:head>'
    assert read_plan((H % body).encode()).form_id == "urn:x"
