"""Loading the typologies: whole or not at all, and twice is once."""

from pathlib import Path

import pytest

from sabir.kernel.public import BadInput, NotAllowed
from sabir.law.public import operator_actor
from sabir.ledger.models import Entry
from sabir.rights.models import Term
from sabir.rights.public import label, labels, load, parent_of, term_counts, terms
from tests.rights.conftest import TYPOLOGIES

ONE = "a,,Un,One,واحد,Uno,Uno,Um,me,no,"
TWO = "b,a,Deux,Two,اثنان,Dos,Due,Dois,me,no,C1"
HEAD = "code,parent,label_fr,label_en,label_ar,label_es,label_it,label_pt,source,verified,instruments\n"


def table(folder: Path, *rows: str, name: str = "small") -> Path:
    (folder / f"{name}.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return folder


def test_every_row_of_every_table_becomes_a_term(loaded):
    lines = {path.stem: path.read_text(encoding="utf-8").count("\n") - 1 for path in TYPOLOGIES.glob("*.csv")}

    assert term_counts() == lines
    assert label("violations", "V01.1", "ar") == "أجور غير مدفوعة"
    assert parent_of("violations", "V01.1") == "V01"
    assert parent_of("violations", "V01") == "V01"


def test_loading_twice_changes_nothing_and_is_entered_each_time(loaded):
    before = list(Term.objects.values())

    load(operator_actor(loaded.pk), loaded, folder=TYPOLOGIES)

    assert list(Term.objects.values()) == before
    assert list(Entry.objects.filter(verb="rights.load").values_list("chain", flat=True)) == [loaded.pk] * 2


def test_a_changed_label_is_read_at_once_and_an_absent_code_stays(network, tmp_path):
    operator = operator_actor(network.pk)
    load(operator, network, folder=table(tmp_path, ONE, TWO))
    assert label("small", "a", "fr") == "Un"

    load(operator, network, folder=table(tmp_path, ONE.replace("Un,", "Une,")))

    assert label("small", "a", "fr") == "Une"
    assert [term.code for term in terms("small")] == ["a", "b"]
    assert terms("small")[1].extra == {"instruments": "C1"}


@pytest.mark.parametrize("emptied", ["واحد", "me", "no"])
def test_a_row_without_a_label_or_a_source_is_refused_and_nothing_is_loaded(network, tmp_path, emptied):
    broken = ONE.replace(f",{emptied},", ",,")

    with pytest.raises(BadInput) as refused:
        load(operator_actor(network.pk), network, folder=table(tmp_path, TWO, broken))

    assert refused.value.code == "rights.incomplete_row"
    assert "small.csv" in refused.value.text
    assert "3" in refused.value.text
    assert not Term.objects.exists()
    assert not Entry.objects.exists()


def test_a_folder_without_tables_is_refused(network, tmp_path):
    with pytest.raises(BadInput, match="no_tables"):
        load(operator_actor(network.pk), network, folder=tmp_path)


def test_only_the_operator_may_load(cast, acting):
    with pytest.raises(NotAllowed):
        load(acting(cast.dario), cast.network, folder=TYPOLOGIES)
    assert not Term.objects.exists()

    load(operator_actor(cast.network.pk), cast.network, folder=TYPOLOGIES)
    assert Term.objects.exists()


def test_a_scheme_is_read_from_the_database_once(loaded, django_assert_num_queries):
    with django_assert_num_queries(1):
        labels("violations")
        labels("violations")
        label("violations", "V01", "it")
