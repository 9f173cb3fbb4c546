"""Commands of forms and devices."""

from pathlib import Path
from typing import Any

from .cli_say import print_json, with_django

DAYS = 180


def add_commands(commands: Any) -> None:
    """`form publish`, `device add`, `device revoke`, `device list`."""
    form = commands.add_parser("form", help="publish a form").add_subparsers(required=True, metavar="ACT")
    publish = form.add_parser("publish", help="publish an XLSForm (.xlsx, .xls) or an XForm (.xml) for a union")
    publish.add_argument("organisation", metavar="ORG", help="acronym of the union, as in the members' table")
    publish.add_argument("file", metavar="FILE", type=Path)
    publish.add_argument(
        "--media", metavar="FILE", type=Path, nargs="*", default=[], help="pictures, sounds, lists it uses"
    )
    publish.add_argument("--json", action="store_true")
    publish.set_defaults(run=run_publish)
    device = commands.add_parser("device", help="add, list or revoke phones").add_subparsers(
        required=True, metavar="ACT"
    )
    add = device.add_parser("add", help="add a phone; prints its server address and the settings QR for ODK Collect")
    add.add_argument("organisation", metavar="ORG")
    add.add_argument("label", metavar="NAME")
    add.add_argument("--days", type=int, default=DAYS, help=f"days until its token ends ({DAYS})")
    add.add_argument("--json", action="store_true")
    add.set_defaults(run=run_add)
    revoke = device.add_parser("revoke", help="end a phone's token now")
    revoke.add_argument("organisation", metavar="ORG")
    revoke.add_argument("label", metavar="NAME")
    revoke.set_defaults(run=run_revoke)
    listing = device.add_parser("list", help="the phones of a union")
    listing.add_argument("organisation", metavar="ORG")
    listing.set_defaults(run=run_list)


@with_django
def run_publish(arguments: Any) -> int:
    """Publish; exit status 1 where the form was refused."""
    from sabir.field.public import publish_file
    from sabir.law.public import operator_actor
    from sabir.network.public import organisation_by_acronym

    organisation = organisation_by_acronym(arguments.organisation)
    published = publish_file(operator_actor(organisation.pk), organisation, arguments.file, arguments.media)
    if arguments.json:
        problems = [problem.as_json() for problem in published.problems]
        print_json({"form_id": published.form_id, "version": published.version, "problems": problems})
    else:
        for problem in published.problems:
            print(problem.line)
        print(
            "Refused: nothing was published."
            if published.refused
            else f"Published: {published.form_id} {published.version}"
        )
    return 1 if published.refused else 0


@with_django
def run_add(arguments: Any) -> int:
    """Add a phone. Its token is shown here once and kept nowhere in clear."""
    import segno  # one command draws; the process that watches the server stays small
    from django.conf import settings

    from sabir.field.public import add_device, collect_settings
    from sabir.law.public import operator_actor
    from sabir.network.public import organisation_by_acronym

    organisation = organisation_by_acronym(arguments.organisation)
    device, token = add_device(
        operator_actor(organisation.pk), organisation, label=arguments.label, days=arguments.days
    )
    server_url = f"{settings.SERVER_URL}/k/{token}"
    if arguments.json:
        print_json({"server_url": server_url, "expires": device.expires.isoformat()})
        return 0
    print(f"Server address for ODK Collect, until {device.expires.isoformat()}:\n{server_url}\n")
    segno.make(collect_settings(server_url, organisation.acronym), error="l").terminal(compact=True)
    return 0


@with_django
def run_revoke(arguments: Any) -> int:
    """End a phone's token now."""
    from sabir.field.public import device_called, revoke_device
    from sabir.law.public import operator_actor
    from sabir.network.public import organisation_by_acronym

    organisation = organisation_by_acronym(arguments.organisation)
    actor = operator_actor(organisation.pk)
    revoke_device(actor, device_called(actor, arguments.label))
    print("Revoked.")
    return 0


@with_django
def run_list(arguments: Any) -> int:
    """The phones of a union: label, day of expiry, revoked or not."""
    from sabir.field.public import devices_of
    from sabir.law.public import operator_actor
    from sabir.network.public import organisation_by_acronym

    organisation = organisation_by_acronym(arguments.organisation)
    for device in devices_of(operator_actor(organisation.pk)):
        print(f"{device.label}\t{device.expires.isoformat()}\t{'revoked' if device.revoked else 'in use'}")
    return 0
