"""Sendings that are refused, broken off or broken by the server; whatever they carried must leave no trace either."""

import base64
import json
import random
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from urllib.parse import quote

import psycopg

from tests.installation import Installation

from .desk import Session
from .marks import Marks
from .people import Report, photo, report
from .phones import MULTIPART, Phone, multipart

Status = tuple[str, int]
MEGABYTE = 1_000_000


def by_phones(phone: Phone, marks: Marks) -> Iterator[Status]:
    """What a phone sends in vain: a name for it, and the status it got."""
    chance = random.Random(4)

    def told(what: str, *sizes: int) -> tuple[Report, bytes]:
        made = report(marks, chance, what, sizes)
        return made, phone.xml(made)

    made, xml = told("a report of broken XML")
    yield "broken XML", phone.send(("xml_submission_file", "r.xml", xml[: len(xml) * 2 // 3])).status
    made, xml = told("a report with a document type")
    typed = xml.replace(b"?>", b'?><!DOCTYPE data [<!ENTITY e "' + made.answers["who/name"].encode() + b'">]>', 1)
    yield "a document type", phone.send(("xml_submission_file", "r.xml", typed)).status
    made, xml = told("a body of no multipart")
    yield "no multipart", phone.post(xml, Content_Type="text/xml").status
    made, xml = told("a form nobody published")
    other = replace(phone, form=marks.latin("an unknown form"), version=marks.latin("an unknown version"))
    yield "an unknown form", other.send(("xml_submission_file", "r.xml", other.xml(made))).status
    made, xml = told("an edited report")
    edited = phone.xml(made).replace(b"</meta>", f"<deprecatedID>{made.instance}</deprecatedID></meta>".encode())
    yield "an edited report", phone.send(("xml_submission_file", "r.xml", edited)).status
    yield from _too_large(phone, marks, told)
    yield from _twice(phone, told)
    made, xml = told("a refusal to be written down")
    unwritten = xml.replace(b"<consent_record>yes", b"<consent_record>no")
    yield "not written down", phone.send(("xml_submission_file", "r.xml", unwritten)).status
    made, xml = told("a half body", 300_000)
    whole = multipart(
        ("xml_submission_file", "r.xml", xml), *[(name, name, bytes_) for name, bytes_ in made.files.values()]
    )
    yield "a body cut short", phone.post(whole[: len(whole) // 2]).status
    phone.hang_up(whole[: len(whole) // 2])


def _too_large(phone: Phone, marks: Marks, told) -> Iterator[Status]:
    made, xml = told("a story too long")
    long = xml.replace(b"</data>", b"<more>" + made.answers["story/what_happened"].encode() * 3000 + b"</more></data>")
    yield "a story too long", phone.send(("xml_submission_file", "r.xml", long)).status
    made, xml = told("a photo too large")
    large = ("p.jpg", "p.jpg", photo(marks, "a photo too large", 26 * MEGABYTE))
    yield "a photo too large", phone.send(("xml_submission_file", "r.xml", xml), large).status


def _twice(phone: Phone, told) -> Iterator[Status]:
    """A report that takes another one's identity; a file name used twice."""
    made, xml = told("a report with a namesake")
    yield "the first of two", phone.send(("xml_submission_file", "r.xml", xml)).status
    other, _ = told("a namesake", 200_000)
    other.instance = made.instance
    yield "another report under the same id", phone.send_report(other)[0].status
    made, xml = told("a file sent twice", 70_000)
    [(name, content)] = made.files.values()
    twice = [(name, name, content)] * 2
    yield "a file twice", phone.send(("xml_submission_file", "r.xml", xml), *twice).status


def by_addresses(phone: Phone, session: Session, marks: Marks) -> Iterator[Status]:
    """Words typed where addresses, searches and accounts are expected."""
    server, mark = session.server, marks.latin
    yield "a token", server.ask("GET", f"{server.url}/k/{mark('a wrong token')}/formList").status
    yield "a phone's address", phone.get(f"/{mark('a wrong address of a phone')}").status
    yield "a form's file", phone.get(f"/forms/{'0' * 32}/media/{mark('a wrong file')}").status
    yield "an address", session.get(f"/fr/{quote(marks.arabic('a wrong address'))}/{mark('its end')}/").status
    yield "a dossier's address", session.get(f"/fr/cases/{mark('no number of a dossier')}/").status
    search = f"/fr/cases/?number={mark('a search')}&state={mark('a state')}&violation={mark('a violation')}"
    yield "a search", session.get(search).status
    yield "an account", session.sign_in("ccoo", username=f"{mark('an e-mail')}@example.invalid").status
    yield "a password", session.sign_in("ccoo", password=mark("a password")).status
    header = session.get("/fr/", User_Agent=mark("a browser"), Referer=f"http://127.0.0.1/{mark('a referrer')}")
    yield "headers", header.status


def by_pages(session: Session, version: str, marks: Marks) -> Iterator[Status]:
    """What no page of ours would send: a report that is not sealed."""
    name, story = marks.arabic("an unsealed name"), marks.accented("an unsealed story")
    page = session.get("/fr/reports/new/sabir_intake/").content.decode()
    told = {"form": "sabir_intake", "version": version, "submission": "ab" * 32, "raw": "cd" * 32, "epoch": 1}
    told |= {
        "recipient": re.search(r'"recipient": "(age1[^"]+)"', page)[1],
        "files": {"ab" * 32: {"class": "identity"}},
    }
    clear = base64.b64encode(json.dumps({"name": name, "story": story}, ensure_ascii=False).encode()).decode()
    told |= {"facts": clear, "sealed": dict.fromkeys(("finder", "identity", "narrative", "detail"), clear)}
    report_ = ("report", "r.json", json.dumps(told).encode())
    large = b"not age " + photo(marks, "an unsealed file", 200_000)
    body = multipart(report_, ("ab" * 32, "f", large))
    yield "an unsealed file", session.post("/fr/reports/send/", body, Content_Type=MULTIPART).status
    body = multipart(report_)
    yield "an unsealed report", session.post("/fr/reports/send/", body, Content_Type=MULTIPART).status
    forged = Session(session.server, dict(session.cookies))
    yield "no token", forged.post("/fr/reports/send/", body, Content_Type=MULTIPART, X_CSRFToken="").status


def by_the_server(phone: Phone, server: Installation, marks: Marks) -> Iterator[Status]:
    """Reports on which the server itself breaks: no room for files, no table."""
    chance = random.Random(5)
    with without_room(server):
        large = report(marks, chance, "a report without room", (200_000,))
        yield "no room for a file", phone.send_report(large)[0].status
    with without_table(server, "cases_caseneed"):
        made = report(marks, chance, "a report without a table", (70_000,))
        yield "no table", phone.send_report(made)[0].status


@contextmanager
def without_room(server: Installation) -> Iterator[None]:
    """No sealed file can be written."""
    folder = server.home / "media" / "sealed"
    folder.rename(folder.with_name("away"))
    folder.write_text("no folder")
    try:
        yield
    finally:
        folder.unlink()
        shutil.move(folder.with_name("away"), folder)


@contextmanager
def without_table(server: Installation, table: str) -> Iterator[None]:
    """A table is missing, so that a verb breaks with everything at hand."""
    statement(server, f"ALTER TABLE {table} RENAME TO {table}_away")
    try:
        yield
    finally:
        statement(server, f"ALTER TABLE {table}_away RENAME TO {table}")


def statement(server: Installation, sql: str) -> None:
    """Run one statement in the server's database, behind its back."""
    if url := server.environment.get("DATABASE_URL"):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql)  # type: ignore[arg-type]
        return
    with closing(sqlite3.connect(server.home / "sabir.sqlite3", timeout=20)) as connection, connection:
        connection.execute(sql)
