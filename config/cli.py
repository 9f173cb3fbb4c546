"""The command `sabir`: set up, serve, publish a form, add a device, verify the ledger. It knows every room."""

import argparse
import os
import sys
from collections.abc import Sequence

from . import cli_forms, cli_network, cli_run


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments; a command is a function of the parsed arguments that gives an exit status."""
    top = argparse.ArgumentParser(prog="sabir", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for module in (cli_run, cli_forms, cli_network):
        module.add_commands(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. SABIR_HOME and PORT are read from the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # The home may be a folder that was there before, open to all: what is written into it is its owner's alone.
    os.umask(0o077)
    cli_run.no_core_dumps()
    chosen = parser().parse_args(arguments)
    status: int = chosen.run(chosen)
    return status


if __name__ == "__main__":
    sys.exit(main())
