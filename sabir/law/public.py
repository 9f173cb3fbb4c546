"""What other rooms may use of the law."""

from .roles import RIGHTS, Role, operator_actor, right, task_actor, verbs_of
from .verbs import VERBS, part_of_a_verb, verb

__all__ = ["RIGHTS", "VERBS", "Role", "operator_actor", "part_of_a_verb", "right", "task_actor", "verb", "verbs_of"]
