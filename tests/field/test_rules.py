"""What a union may publish: each rule in both directions."""

import pytest

from sabir.field.xform import check

from .tables import YES_NO, judged, said, xform


def survey(*rows: str) -> str:
    """A form of these questions; the columns are type, name, class and, where a row has them, two more by name."""
    extra = sorted({word.split("=", 1)[0] for row in rows for word in row.split(" ; ")[1:]})
    lines = [f"| survey | type | name | label | bind::sabir:class | {' | '.join(extra)} |"]
    for row in rows:
        main, *more = row.split(" ; ")
        kind, name, secrecy = [*main.split(" / "), "", ""][:3]
        given = dict(word.split("=", 1) for word in more)
        label = "" if kind.startswith(("end", "calculate")) else "Q"
        cells = " | ".join(given.get(column, "") for column in extra)
        lines.append(f"| | {kind} | {name} | {label} | {secrecy} | {cells} |")
    return "\n".join(lines) + YES_NO


ALONE = "select_one yes_no / alone / fact"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("text / a / fact", "fact.free_text"),
        ("barcode / a / fact", "fact.free_text"),
        ("integer / a / fact", "fact.exact_number"),
        ("decimal / a / fact", "fact.exact_number"),
        ("range / a / fact", "fact.exact_number"),
        ("date / a / fact", "fact.exact_day"),
        ("datetime / a / fact", "fact.exact_day"),
        ("time / a / fact", "fact.exact_day"),
        ("image / a / fact", "fact.file"),
        ("audio / a / fact", "fact.file"),
        ("geopoint / a / fact", "fact.not_closed"),
        ("calculate / a / fact ; calculation=1 + 1", "fact.not_closed"),
        ("note / a / fact", "fact.not_closed"),
        ("rank yes_no / a / fact", "fact.not_closed"),
        ("select_one_from_file towns.csv / a / fact", "fact.open_list"),
        ("select_one yes_no / a / facts", "class.unknown"),
        ("text / a / secret", "class.unknown"),
    ],
)
def test_what_is_not_closed_is_no_fact(row, code):
    assert (code, "a") in said(survey(row, "text / b"))


@pytest.mark.parametrize(
    "row",
    [
        "select_one yes_no / a / fact",
        "select_multiple yes_no / a / fact",
        "acknowledge / a / fact",
        "date / a / fact ; appearance=month-year",
        "text / a / narrative",
        "text / a / identity",
        "integer / a / detail",
        "image / a / identity",
        "text / a",
        "barcode / a",
    ],
)
def test_closed_choices_months_and_everything_sealed_are_fine(row):
    assert said(survey(row, "text / b")) == []


def test_a_free_text_may_never_be_declared_a_fact_and_the_row_is_named():
    problem = judged(survey("text / b", "text / a / fact"))[1][0]
    assert (problem.code, problem.sheet, problem.row, problem.severity) == ("fact.free_text", "survey", 3, "error")


SEALED = "text / who / identity"
LINKS = {
    "relevant": "select_one yes_no / a / fact ; relevant=${%s} != ''",
    "constraint": "select_one yes_no / a / fact ; constraint=${%s} != ''",
    "required": "select_one yes_no / a / fact ; required=${%s} != ''",
    "readonly": "select_one yes_no / a / fact ; readonly=${%s} != ''",
    "calculate": "select_one yes_no / a / fact ; calculation=if(${%s} = '', 'no', 'yes')",
    "default": "select_one yes_no / a / fact ; default=if(${%s} = '', 'no', 'yes')",
    "choice_filter": "select_one yes_no / a / fact ; choice_filter=name != ${%s}",
    "trigger": "select_one yes_no / a / fact ; trigger=${%s} ; calculation=if(1 = 1, 'no', 'yes')",
}


@pytest.mark.parametrize("place", LINKS)
def test_a_fact_may_hang_on_no_sealed_answer(place):
    problems = judged(survey(SEALED, LINKS[place] % "who"))[1]
    assert [(p.code, p.column) for p in problems] == [("fact.depends_on_sealed", "a")]
    assert problems[0].params == {"place": place, "sealed": "who"}
    assert problems[0].row == 3


@pytest.mark.parametrize("place", LINKS)
def test_a_fact_may_hang_on_another_fact(place):
    assert said(survey(ALONE, LINKS[place] % "alone")) == []


@pytest.mark.parametrize("place", LINKS)
def test_a_sealed_answer_may_hang_on_anything(place):
    assert said(survey(SEALED, (LINKS[place] % "who").replace("/ fact", "/ detail"))) == []


def test_an_undeclared_question_is_sealed_and_so_nothing_in_clear_may_hang_on_it():
    assert said(survey("select_one yes_no / b", LINKS["relevant"] % "b")) == [("fact.depends_on_sealed", "a")]


def test_a_link_through_a_calculation_counts():
    through = survey(SEALED, "calculate / len ; calculation=string-length(${who})", LINKS["relevant"] % "len")
    assert ("fact.depends_on_sealed", "a") in said(through)


def test_a_link_through_another_fact_counts_for_both():
    form = survey(SEALED, "select_one yes_no / b / fact ; relevant=${who} != ''", LINKS["relevant"] % "b")
    assert said(form) == [("fact.depends_on_sealed", "b"), ("fact.depends_on_sealed", "a")]


@pytest.mark.parametrize("kind", ["group", "repeat"])
def test_the_relevance_of_what_stands_around_a_fact_counts(kind):
    form = survey(
        SEALED, ALONE, f"begin_{kind} / outer ; relevant=${{%s}} != ''", "begin_group / inner", LINKS["relevant"] % "alone",
        "end_group", f"end_{kind}",
    )  # fmt: skip
    assert said(form.replace("%s", "who")) == [("fact.depends_on_sealed", "outer/inner/a")]
    assert said(form.replace("%s", "alone")) == []


def test_how_often_a_repeat_is_asked_counts():
    form = survey("integer / n", "begin_repeat / r ; repeat_count=${n}", "select_one yes_no / a / fact", "end_repeat")
    assert said(form) == [("fact.depends_on_sealed", "r/a")]


def test_counting_a_group_of_sealed_answers_counts():
    form = survey("begin_repeat / r", SEALED, "end_repeat", "select_one yes_no / a / fact ; relevant=count(${r}) > 1")
    assert said(form) == [("fact.depends_on_sealed", "a")]


def test_the_last_saved_report_counts_like_this_one():
    form = survey(SEALED, ALONE, "select_one yes_no / a / fact ; default=${last-saved#%s}")
    assert said(form.replace("%s", "who")) == [("fact.depends_on_sealed", "a")]
    assert said(form.replace("%s", "alone")) == []


def test_an_expression_that_could_look_anywhere_is_taken_to_do_so():
    raw = xform(survey(SEALED, ALONE)).replace(
        b'type="string" sabir:class="fact"', b'type="string" sabir:class="fact" relevant="//*"'
    )
    assert [p.code for p in check(raw)[1]] == ["fact.depends_on_sealed"]


def test_a_fact_filled_by_the_phone_is_refused():
    raw = xform(survey(ALONE)).replace(
        b'sabir:class="fact"', b'sabir:class="fact" jr:preload="property" jr:preloadParams="username"'
    )
    assert "fact.preload" in [p.code for p in check(raw)[1]]


def test_choices_of_a_fact_are_codes():
    form = survey(ALONE).replace("| no   | No", "| né   | No")
    assert said(form) == [("fact.choice_not_a_code", "alone")]
    assert said(form.replace("alone / fact", "alone").replace("| fact |", "| detail |")) == []


def test_the_name_of_a_fact_is_a_code():
    assert said(survey("select_one yes_no / réponse / fact")) == [("fact.path_not_a_code", "réponse")]
    assert said(survey("select_one yes_no / réponse / detail")) == []


def test_a_class_on_a_group_is_said_to_have_no_effect():
    assert said(survey("begin_group / g / narrative", "text / a", "end_group")) == [("class.on_group", "g")]


def test_only_identity_helps_to_find_again():
    row = "text / a / %s ; bind::sabir:finder=yes"
    assert said(survey(row % "narrative")) == [("class.finder_not_identity", "a")]
    assert said(survey(row % "identity")) == []


def settings(heading: str, value: str) -> str:
    return survey("text / a") + f"| settings | form_id | version | {heading} |\n| | visit | 1 | {value} |"


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [
        ("public_key", "MIIB", "form.encrypted"),
        ("client_editable", "yes", "form.client_editable"),
    ],
)
def test_encrypted_and_editable_forms_are_refused_for_now(heading, value, code):
    raw = xform(survey("text / a"))
    attribute = {"form.encrypted": 'base64RsaPublicKey="MIIB"', "form.client_editable": 'client-editable="true"'}[code]
    told = check(raw.replace(b"</instance>", f"</instance><submission {attribute}/>".encode(), 1))[1]
    assert [(p.code, p.severity) for p in told] == [(code, "error")]


@pytest.mark.parametrize(
    ("form_id", "fine"), [("visit-1", True), ("my visit", False), ("visité", False), ("v" * 101, False)]
)
def test_a_forms_id_is_a_code(form_id, fine):
    raw = xform(survey("text / a")).replace(b'id="visit"', f'id="{form_id}"'.encode())
    assert [p.code for p in check(raw)[1]] == ([] if fine else ["form.bad_id"])


@pytest.mark.parametrize(("version", "fine"), [("2026.11", True), ("", True), ("le 3 mai", False)])
def test_a_version_is_a_code(version, fine):
    raw = xform(survey("text / a")).replace(b'version="1"', f'version="{version}"'.encode())
    assert [p.code for p in check(raw)[1]] == ([] if fine else ["form.bad_version"])


@pytest.mark.parametrize(("word", "fine"), [("nothing", True), ("case", True), ("door", False)])
def test_what_a_report_opens_is_one_of_two_words(word, fine):
    raw = xform(survey("text / a")).replace(b'<data id="visit"', f'<data sabir:opens="{word}" id="visit"'.encode())
    plan, problems = check(raw)
    assert plan.opens == word
    assert [p.code for p in problems] == ([] if fine else ["form.opens_unknown"])


def test_entities_are_said_not_to_be_used(samples):
    raw = (samples / "xforms" / "bind-attributes.xml").read_bytes()
    assert [(p.code, p.severity) for p in check(raw)[1]] == [("form.entities_not_used", "warning")]


@pytest.mark.parametrize("name", ["consent_record", "consent_count"])
def test_a_question_of_consent_is_a_plain_yes_or_no(name):
    assert said(survey(f"select_one yes_no / {name} / fact")) == []
    assert said(survey(f"select_one yes_no / {name} / detail")) == [("consent.not_yes_no", name)]
    assert said(survey(f"select_multiple yes_no / {name} / fact")) == [("consent.not_yes_no", name)]
    inside = survey("begin_repeat / r", f"select_one yes_no / {name} / fact", "end_repeat")
    assert said(inside) == [("consent.not_yes_no", f"r/{name}")]


@pytest.mark.parametrize("row", ["geotrace / a", "geoshape / a"])
def test_what_the_web_form_cannot_draw_is_a_warning(row):
    problem = judged(survey(row))[1][0]
    assert (problem.code, problem.severity, problem.row) == ("web.cannot_draw", "warning", 2)


@pytest.mark.parametrize(
    "row", ["image / a ; appearance=signature", "image / a ; appearance=draw", "geopoint / a ; appearance=maps"]
)
def test_what_it_draws_without_its_help_is_a_warning_too(row):
    assert said(survey(row)) == [("web.drawn_plainly", "a")]


@pytest.mark.parametrize(
    "kind",
    "text integer decimal date time datetime geopoint barcode image audio video file range note acknowledge".split(),
)
def test_what_it_draws_needs_no_warning(kind):
    assert said(survey(f"{kind} / a", "select_one yes_no / b", "select_multiple yes_no / c", "rank yes_no / d")) == []


@pytest.mark.parametrize("place", ["relevant", "constraint", "calculation"])
def test_a_broken_expression_is_an_error_in_its_row(place):
    form = survey("text / b", f"text / a ; {place}=because nobody knows")
    problem = judged(form)[1][0]
    assert (problem.code, problem.column, problem.row) == ("xpath.no_operator", "a", 3)
    assert said(form.replace("because nobody knows", "${b} = 'x'")) == []


def test_a_function_that_phones_do_not_know_is_an_error():
    assert said(survey("text / a ; relevant=sometimes()")) == [("xpath.unknown_function", "a")]


def test_a_question_that_does_not_exist_is_an_error():
    assert said(survey("text / a ; relevant=/data/nobody = 1")) == [("xpath.unknown_question", "a")]
