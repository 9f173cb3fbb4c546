"""The demonstration network: the real unions, invented people, invented reports.

Keys and passphrases are made by the browser's own code, run by Node: what the demonstration shows is what a union gets.
"""

import base64
import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import segno
from django.conf import settings

from sabir.field.public import add_device, collect_settings, publish_file
from sabir.kernel.public import NotNow
from sabir.law.public import Role, operator_actor
from sabir.network.public import (
    Organisation,
    Person,
    members,
    open_account,
    organisation_by_acronym,
    seat_person,
    the_network,
)
from sabir.observatory.public import freeze
from sabir.vault.public import declare_key

from . import demonstration_reports, node
from .cli_say import step

ROOT = Path(__file__).resolve().parent.parent
INTAKE = ROOT / "data" / "forms" / "sabir_intake.xlsx"
DEMO_KEYS = ROOT / "frontend" / "dist" / "demo-keys.mjs"
PASSWORD = "sabir-demonstration"  # noqa: S105 - shown on the sign-in page of every demonstration
LANGUAGE = {"TN": "ar", "MA": "ar", "DZ": "ar", "IT": "it", "ES": "es", "PT": "pt"}
# Invented working names, trees and plants, so that no name can be anybody's.
NAMES = (
    "Acacia Amandier Anis Baobab Basilic Caroubier Cèdre Cumin Dattier Fenouil Figuier Genêt Grenadier Henné Jujubier "
    "Karité Laurier Lavande Manguier Mil Myrte Néré Olivier Palmier Papyrus Romarin Safran Sésame Sorgho Tamarin Thym Verveine"
).split()
SHOWN = ("UGTT", "UGTCI", "CGIL")
# Four unions in each region: with fewer than three behind a figure, it would be hidden.
REPORTING = ("UGTT", "UMT", "CDT", "CGTM", "UGTCI", "CNTS", "USTN", "CSTM", "CGIL", "USO", "CGT", "CFDT")


def load() -> None:
    """Fill an empty home; a home that has a demonstration, or anything else of a union's, is left alone."""
    if settings_file().exists():
        return
    if Person.objects.exists():
        if _begun().exists():
            words = (
                f"An earlier start was interrupted half way. Delete the folder {settings.HOME.root} and start again."
            )
            raise NotNow("demonstration.unfinished", words)
        return
    _begun().touch(mode=0o600)
    unions = [one for one in members() if _takes_part(one)]
    with step(f"Making the keys of {len(unions)} unions, in Node"):
        keys = _keys(unions)
    with step("Opening the demonstration accounts"):
        accounts = _accounts(unions, keys)
    with step("Publishing the intake form for each union"):
        for union in unions:
            publish_file(operator_actor(union.pk), union, INTAKE, [])
    with step("Receiving the invented reports"):
        reporting = [union for union in unions if union.acronym in REPORTING]
        demonstration_reports.receive(reporting, random.Random(2026))  # noqa: S311 - the same reports each time
        for union in reporting:
            demonstration_reports.work_on_some(union)
    with step("Freezing the first extract of figures"):
        network = the_network()
        freeze(operator_actor(network.pk), network)
    _keep({"accounts": accounts})
    _begun().unlink()


def _begun() -> Path:
    """Stands in the home while a demonstration is being made there."""
    return Path(settings.HOME.root) / "demonstration.begun"


def settings_file() -> Path:
    """Where the invented accounts are kept so that each start can show them. It exists only in a demonstration."""
    return Path(settings.HOME.root) / "demonstration.json"


def show() -> None:
    """Print the address, the accounts and a QR code for ODK Collect."""
    if not settings_file().exists():
        return
    told = json.loads(settings_file().read_text(encoding="utf-8"))
    print(f"\nSabir is at http://localhost:{settings.PORT}/  (phones on this network: {settings.SERVER_URL}/)")
    print("Demonstration: workers, reports and accounts are invented.\n")
    for account in told["accounts"]:
        if account["main"]:
            who = f"{account['acronym']:<6} {account['role_name']:<14}"
            print(f"  {who} {account['email']}  password: {account['password']}")
            if account["passphrase"]:
                print(f"         passphrase of the union's key: {account['passphrase']}")
    print(f"  (the accounts of the other unions are in {settings_file()})")
    server_url = f"{settings.SERVER_URL}/k/{_demonstration_token(told)}"
    print(f"\nODK Collect: scan this QR code, or give this server address: {server_url}\n")
    segno.make(collect_settings(server_url, "UGTT"), error="l").terminal(compact=True)


def _demonstration_token(told: dict[str, Any]) -> str:
    """The token of UGTT's demonstration phone: the same at each start, a new one when its time is over.

    Elsewhere a token is kept nowhere in clear; here everything is invented, and a stranger may start this twice.
    """
    today = date.today().isoformat()
    if told.get("phone", {}).get("expires", "") < today:
        union = organisation_by_acronym("UGTT")
        label = f"demonstration {today}"
        device, token = add_device(operator_actor(union.pk), union, label=label, days=90)
        told["phone"] = {"token": token, "expires": device.expires.isoformat()}
        _keep(told)
    return str(told["phone"]["token"])


def _keep(told: dict[str, Any]) -> None:
    settings_file().touch(mode=0o600)
    settings_file().write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


def _takes_part(organisation: Organisation) -> bool:
    named = not organisation.acronym.startswith("(")
    return (
        named
        and organisation.kind == Organisation.Kind.UNION
        and organisation.membership != Organisation.Membership.FORMER
    )


def _keys(unions: list[Organisation]) -> dict[str, dict[str, Any]]:
    asked = [
        {"uid": union.uid.hex, "acronym": union.acronym, "languages": [LANGUAGE.get(union.country, "fr")]}
        for union in unions
    ]
    made = json.loads(node.run_script(DEMO_KEYS, json.dumps({"unions": asked})))
    return {one["uid"]: one for one in made["unions"]}


def _accounts(unions: list[Organisation], keys: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    accounts = [_union_account(union, name, keys[union.uid.hex]) for union, name in zip(unions, NAMES, strict=False)]
    network = the_network()
    desk = organisation_by_acronym("UGTT")
    accounts += [
        _account(network, Role.COORDINATION, "Coordination", "coordination", language="fr", name="Alizé")[0],
        _account(network, Role.SECRETARIAT, "Secretariat", "secretariat", language="fr", name="Zéphyr")[0],
        _account(desk, Role.DESK_STAFF, "Desk staff", "guichet", language="ar", name="Sirocco")[0],
    ]
    return sorted(accounts, key=lambda account: not account["main"])


def _union_account(union: Organisation, name: str, key: dict[str, Any]) -> dict[str, Any]:
    """A focal point who is also coordinator of the union's desk and keeper of its key."""
    slug = "".join(sign for sign in union.acronym.lower() if sign.isalnum())
    account, person = _account(
        union, Role.FOCAL_POINT, "Focal point", slug, language=LANGUAGE.get(union.country, "fr"), name=name
    )
    actor = operator_actor(union.pk)
    for role in (Role.KEY_HOLDER, Role.COORDINATOR):
        seat_person(actor, union, person=person, role=role)
    wrap = base64.b64decode(key["wrap"])
    declare_key(actor, union, statement=key["statement"], signature=key["signature"], person=person, wrap=wrap)
    return {**account, "passphrase": key["passphrase"], "main": union.acronym in SHOWN}


def _account(
    organisation: Organisation, role: Role, role_name: str, slug: str, *, language: str, name: str
) -> tuple[dict[str, Any], Person]:
    actor = operator_actor(organisation.pk)
    email = f"{slug}@demonstration.invalid"
    person = open_account(actor, organisation, email=email, password=PASSWORD, working_name=name, language=language)
    seat_person(actor, organisation, person=person, role=role)
    told = {"acronym": organisation.acronym, "email": email, "password": PASSWORD, "role_name": role_name, "main": True}
    return {**told, "passphrase": ""}, person
