"""What other rooms may use of the notices."""

from .jobs import job, later
from .letters import Addressee, Text, addressees, texts, write_letter
from .worker import Worker

__all__ = ["Addressee", "Text", "Worker", "addressees", "job", "later", "texts", "write_letter"]
