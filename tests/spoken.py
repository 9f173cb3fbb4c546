"""A form whose question can be heard: an XLSForm with a recording, which is a tone made here."""

from pathlib import Path

from tests.browser.files import wav
from tests.field.tables import workbook

TONE = "question_été.wav"
SPOKEN = f"""
    | survey   | type | name | label::Français (fr) | media::audio::Français (fr) | bind::sabir:class |
    |          | text | said | Que dites-vous ?     | {TONE}                      | narrative         |
    | settings | form_id | version | form_title | default_language | namespaces |
    |          | spoken  | 1       | Parlé      | Français (fr)    | sabir="https://rsmms.net/sabir/xforms" |
"""


def spoken_form(folder: Path) -> tuple[Path, Path]:
    """The workbook and its tone."""
    form, tone = folder / "spoken.xlsx", folder / TONE
    form.write_bytes(workbook(SPOKEN))
    tone.write_bytes(wav(0.5, 660))
    return form, tone
