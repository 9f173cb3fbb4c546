"""The scripts name their texts by keys; pages supply each of them, in the same English words."""

import json
from pathlib import Path

import pytest

from sabir.cases.texts import TEXTS as VAULT
from sabir.field.texts import TEXTS as REPORT

NAMED = json.loads((Path(__file__).parents[2] / "frontend" / "texts.json").read_text())


@pytest.mark.parametrize(("script", "texts"), [("vault", VAULT), ("report", REPORT)])
def test_a_page_supplies_every_text_of_its_script(script, texts):
    from django.utils import translation

    with translation.override("en"):
        assert {key: str(text) for key, text in texts.items()} == NAMED[script]
