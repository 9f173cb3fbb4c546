"""Expressions: which are well formed, and what they look at."""

import pytest

from sabir.field.xform_xpath import BadXPath, references

HERE = ("data", "group", "here")


def looks_at(expression: str) -> set[str]:
    found = references(expression, HERE)
    return {"everything"} if found.everything else {"/".join(path) for path in found.paths}


def wrong(expression: str) -> str:
    with pytest.raises(BadXPath) as bad:
        references(expression, HERE)
    return bad.value.code


@pytest.mark.parametrize(
    ("expression", "seen"),
    [
        ("1 + 2 * -3 div 4 mod 5", set()),
        ("today()", set()),
        (". > 3 and . < 5", {"data/group/here"}),
        ("../other = 'yes'", {"data/group/other"}),
        (" /data/who  != ''", {"data/who"}),
        ("selected(/data/a, 'x') or /data/b = \"/data/c\"", {"data/a", "data/b"}),
        ("if(/data/a > 1, /data/b, concat(/data/c, 'd'))", {"data/a", "data/b", "data/c"}),
        (
            "instance('list')/root/item[cf = /data/a and name = current()/../other]/label",
            {"data/a", "data/group/other"},
        ),
        ("instance('__last-saved')/data/a", {"data/a"}),
        ("/data/rep[name = 'x']/y", {"data/rep/name", "data/rep/y"}),
        ("position(..)", set()),
        ("indexed-repeat(/data/rep/x, /data/rep, /data/n)", {"data/rep/x", "data/n"}),
        ("count(/data/rep)", {"data/rep"}),
        ("//who", {"everything"}),
        ("/data/*", {"everything"}),
        ("../../descendant::who", {"everything"}),
        ("(/data/a)/..", {"everything"}),
        ("jr:choice-name(/data/a, '/data/a')", {"data/a"}),
        ("/data/orx:meta/orx:instanceID", {"data/meta/instanceID"}),
        ("/data/entity/@id", {"data/entity"}),
        ("/data/a/text()", {"data/a"}),
        ("current()", {"data/group/here"}),
        ("- /data/a * 2", {"data/a"}),
        ("/data/div div /data/mod", {"data/div", "data/mod"}),
    ],
)
def test_an_expression_looks_at(expression, seen):
    assert looks_at(expression) == seen


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("because pyxform doesn't know what to do", "xpath.open_quote"),
        ("because nobody knows", "xpath.no_operator"),
        ("1 +", "xpath.incomplete"),
        ("= 3", "xpath.incomplete"),
        ("(1 + 2", "xpath.parenthesis"),
        ("1 + 2)", "xpath.parenthesis"),
        ("/data/a[1", "xpath.parenthesis"),
        ("selected(/data/a, )", "xpath.incomplete"),
        ("selected(/data/a", "xpath.parenthesis"),
        ("slected(/data/a, 'x')", "xpath.unknown_function"),
        ("/data/", "xpath.incomplete"),
        ("${who} = 1", "xpath.bad_sign"),
        ("$who = 1", "xpath.incomplete"),
        ("a & b", "xpath.bad_sign"),
        ("", "xpath.incomplete"),
        ("(" * 500, "xpath.too_long"),
        ("1" + " + 1" * 10_000, "xpath.too_long"),
    ],
)
def test_a_broken_expression_is_named(expression, code):
    assert wrong(expression) == code
