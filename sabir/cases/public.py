"""What other rooms may use of the dossiers."""

from .models import Case
from .queries import case_open_to, cases_open_to, count_open
from .services import close_case, do_step, open_case, plan_step

__all__ = ["Case", "case_open_to", "cases_open_to", "close_case", "count_open", "do_step", "open_case", "plan_step"]
