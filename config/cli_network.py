"""Commands of the ledger, the figures and the demonstration."""

from contextlib import suppress
from typing import Any

from .cli_say import with_django


def add_commands(commands: Any) -> None:
    """`ledger verify`, `figures freeze`, `demonstration show`."""
    ledger = commands.add_parser("ledger", help="check the register").add_subparsers(required=True, metavar="ACT")
    verify = ledger.add_parser(
        "verify", help="find an altered, removed or reordered entry; exit status 1 if there is one"
    )
    verify.set_defaults(run=run_verify)
    figures = commands.add_parser("figures", help="the figures").add_subparsers(required=True, metavar="ACT")
    freeze = figures.add_parser("freeze", help="make the next protected extract")
    freeze.set_defaults(run=run_freeze)
    demonstration = commands.add_parser("demonstration", help="the demonstration").add_subparsers(
        required=True, metavar="ACT"
    )
    show = demonstration.add_parser("show", help="its address, accounts and QR code")
    show.set_defaults(run=run_show)


@with_django
def run_verify(arguments: Any) -> int:
    """Walk every chain, and miss those that are gone with their head and all."""
    from sabir.ledger.public import chains, verify

    found = chains()
    flaws = [f"chain {flaw.chain}, entry {flaw.number}: {flaw.kind}" for chain in found for flaw in verify(chain)]
    flaws += [f"chain {union}: gone" for union in _with_a_key() if union not in found]
    print("\n".join([*flaws, f"{len(found)} chains walked, {len(flaws)} flaws found."]))
    return 1 if flaws else 0


def _with_a_key() -> list[int]:
    """The unions that have a key: declaring it was entered, so each must have a chain."""
    from sabir.kernel.public import NotNow
    from sabir.network.public import members
    from sabir.vault.public import current_key

    found = []
    for union in members():
        with suppress(NotNow):
            found.append(current_key(union.pk).organisation_id)
    return found


@with_django
def run_freeze(arguments: Any) -> int:
    """Freeze the next extract."""
    from sabir.law.public import operator_actor
    from sabir.network.public import the_network
    from sabir.observatory.public import freeze

    network = the_network()
    extract = freeze(operator_actor(network.pk), network)
    print(f"Extract {extract.number} of {extract.frozen_on.isoformat()} is frozen.")
    return 0


@with_django
def run_show(arguments: Any) -> int:
    """Say where the demonstration is and who can sign in."""
    from . import demonstration

    demonstration.show()
    return 0
