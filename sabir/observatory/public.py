"""What other rooms may use of the observatory: facts go in by `record`, out by `forget`; figures come by extract."""

from .disclosure_table import TOTAL, Table
from .models import Extract
from .queries import counters, last_extract, table
from .services import forget, freeze, record
from .tables import TABLES, VIOLATIONS_BY_REGION, DeclaredTable

__all__ = [
    "TABLES",
    "TOTAL",
    "VIOLATIONS_BY_REGION",
    "DeclaredTable",
    "Extract",
    "Table",
    "counters",
    "forget",
    "freeze",
    "last_extract",
    "record",
    "table",
]
