"""Roles are lists of verbs and reading rights. Rooms declare them; what nobody declared, nobody may."""

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum

from sabir.kernel.public import Actor


class Role(StrEnum):
    """The seats of the network. `device`, `operator` and `task` are for machines and the command line."""

    DESK_STAFF = "desk_staff"
    FOCAL_POINT = "focal_point"
    COORDINATOR = "coordinator"
    KEY_HOLDER = "key_holder"
    DELEGATE = "delegate"
    OBSERVER = "observer"
    SECRETARIAT = "secretariat"
    COORDINATION = "coordination"
    DEVICE = "device"
    OPERATOR = "operator"
    TASK = "task"


RIGHTS: dict[str, frozenset[Role]] = {}
_held: dict[Role, set[str]] = defaultdict(set)


def right(name: str, *, roles: Iterable[Role]) -> str:
    """Declare who holds a reading right (or, through `verb`, a verb).

    Raises ValueError where the name is declared twice.
    """
    if name in RIGHTS:
        raise ValueError(f"{name} is declared twice")
    RIGHTS[name] = frozenset(roles)
    for role in RIGHTS[name]:
        _held[role].add(name)
    return name


def verbs_of(*roles: str) -> frozenset[str]:
    """Everything these roles may do and read."""
    return frozenset(name for role in roles for name in _held[Role(role)])


def operator_actor(organisation_id: int) -> Actor:
    """The command line, acting for one organisation."""
    return Actor("command", 0, {organisation_id: verbs_of(Role.OPERATOR)})


def task_actor(organisation_id: int) -> Actor:
    """A background task, acting for one organisation."""
    return Actor("task", 0, {organisation_id: verbs_of(Role.TASK)})


right("ledger.read", roles=(Role.COORDINATOR, Role.OPERATOR))
