"""The page where a report is written, met as a person meets it: each question by its words, each answer by its code."""

import json
import re
from typing import Any

from playwright.sync_api import Locator, Page

from .visitor import Visitor

Answers = dict[str, Any]


class ReportForm:
    """One form, open on the page. `columns` is its published plan, in which the words of each question stand."""

    def __init__(self, visitor: Visitor, form_id: str = "sabir_intake") -> None:
        self.page: Page = visitor.page
        self.language = visitor.language
        visitor.go(f"reports/new/{form_id}/")
        self.page.locator("[data-report] form").wait_for()
        settings = json.loads(self.page.locator("#report-page").text_content() or "{}")
        plan = visitor.get(settings["definition_url"]).json()
        self.columns = {column["path"]: column for column in plan["columns"]}

    def question(self, path: str) -> Locator:
        """The field of a question, found by its words in the language of the page."""
        words = self.columns[path]["labels"][self.language]
        exactly = re.compile(rf"^\s*{re.escape(words)}\s*(\(.*\)\s*)?$".replace("\\ ", r"\s+"))
        title = self.page.locator("legend,label").filter(has_text=exactly)
        return self.page.locator(".field").filter(has=title)

    def answer(self, path: str, value: Any) -> None:
        """Give one answer: words are typed, codes are ticked or chosen, files (name, type, bytes) are attached."""
        field = self.question(path)
        field.wait_for()
        if isinstance(value, dict):
            field.locator("input[type=file]").set_input_files(value)
        elif isinstance(value, list):
            for code in value:
                field.locator(f"input[type=checkbox][value='{code}']").check()
        elif not self.columns[path]["choices"]:
            typed = field.locator("input,textarea")
            typed.fill(value)
            typed.blur()
        elif field.locator("select").count():
            field.locator("select").select_option(value)
        else:
            field.locator(f"input[type=radio][value='{value}']").check()

    def fill(self, answers: Answers) -> None:
        for path, value in answers.items():
            self.answer(path, value)

    def send(self) -> str | None:
        """Seal and send; the number of the dossier, or None where nothing was kept."""
        self.page.locator("form button[type=submit].main").click()
        self.page.locator("[data-report] form").wait_for(state="detached")
        number = self.page.locator("[data-case-number]")
        return number.text_content() if number.count() else None
