"""What rooms above, and the command line, may use of the field."""

from typing import Any

from .enrolment import add_device, collect_settings
from .models import Device, FormVersion, Submission
from .openrosa import ANNOUNCED
from .problems import Said
from .publishing import Published, publish_bytes, publish_file
from .queries import device_called, devices_of, forms_to_fill, latest_version, plan_of, tallies
from .receiving import Outcome, receive, receive_xml
from .services import revoke_device
from .sockets import ReceivedReport, number_page, received
from .stream import Received
from .xform import Column, Plan, Problem

__all__ = [
    "ANNOUNCED",
    "Column",
    "Device",
    "FormVersion",
    "Outcome",
    "Plan",
    "Problem",
    "Published",
    "Received",
    "ReceivedReport",
    "Said",
    "Submission",
    "add_device",
    "collect_settings",
    "columns_of",
    "device_called",
    "devices_of",
    "forms_to_fill",
    "latest_version",
    "number_page",
    "plan_of",
    "publish_bytes",
    "publish_file",
    "receive",
    "receive_xml",
    "received",
    "revoke_device",
    "tallies",
]


def columns_of(version: FormVersion) -> list[dict[str, Any]]:
    """The columns of a published version as JSON: path, kind, class, labels and labels of choices by language."""
    return [column.as_json() for column in plan_of(version).columns]
