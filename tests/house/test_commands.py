"""What a command cannot do is told in a line, with exit status 1; never by a traceback."""

import json
from argparse import Namespace

import pytest
from django.db import OperationalError, connection
from django.utils import translation

from config.cli import parser
from config.cli_say import with_django
from sabir.field.public import add_device
from sabir.law.public import operator_actor
from sabir.ledger.models import Entry, Head


def run(*words):
    chosen = parser().parse_args(words)
    return chosen.run(chosen)


@pytest.fixture(autouse=True)
def _language_of_the_tests():
    """Commands speak the shell's language; what follows in the process goes on in its own."""
    now = translation.get_language()
    yield
    translation.activate(now or "fr")


@pytest.mark.parametrize(
    ("shell", "word"), [("fr_FR.UTF-8", "porte déjà"), ("C.UTF-8", "exists"), ("ar_TN", "يوجد هاتف")]
)
def test_a_refusal_speaks_the_language_of_the_shell(cast, capsys, monkeypatch, shell, word):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", shell)
    assert run("device", "add", "UGTT", "phone") == 0
    assert run("device", "add", "UGTT", "phone") == 1
    assert word in capsys.readouterr().err


@pytest.mark.parametrize("file", ["/nowhere/form.xlsx", "/"])
def test_a_file_that_cannot_be_read_is_named(cast, capsys, file):
    assert run("form", "publish", "UGTT", file) == 1
    assert f"sabir: {file}: " in capsys.readouterr().err
    assert run("form", "publish", "UGTT", file, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["error"] == "command.file"
    assert (told["form_id"], told["version"], told["problems"][0]["code"]) == ("", "", "command.file")


def test_an_unknown_union_is_a_refusal(cast, capsys):
    assert run("device", "add", "NOBODY", "phone", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["error"] == "network.no_such_organisation"
    assert "members.csv" in told["text"]


def test_a_chain_that_is_gone_with_its_head_is_missed(cast, capsys):
    for union in (cast.union, cast.other_union):
        add_device(operator_actor(union.pk), union, label="phone", days=1)
    assert run("ledger", "verify") == 0
    Entry.objects.filter(chain=cast.union.pk).delete()
    Head.objects.filter(chain=cast.union.pk).delete()
    capsys.readouterr()
    assert run("ledger", "verify") == 1
    assert f"chain {cast.union.pk}: gone" in capsys.readouterr().out


def test_a_home_that_is_not_set_up_says_so(db, capsys):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_head RENAME TO somewhere_else")
    assert run("ledger", "verify") == 1
    assert "sabir setup" in capsys.readouterr().err


def test_the_words_of_a_database_are_not_repeated(capsys):
    @with_django
    def broken(arguments):
        raise OperationalError("near 'Awa Marked'")

    assert broken(Namespace(json=True)) == 1
    assert "Awa" not in capsys.readouterr().out
