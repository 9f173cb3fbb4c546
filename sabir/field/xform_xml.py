"""XML from strangers, read without giving them anything: no DTD, no entity, UTF-8 only, bounded in size and depth.

Every form and every report enters through `read_xml`.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from .xform_problem import Refused

REPORT_BYTES = 2_000_000
FORM_BYTES = 10_000_000
REPORT_ELEMENTS = 20_000
FORM_ELEMENTS = 300_000
DEPTH = 60

DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class _Bounded(TreeBuilder):
    """Builds the tree and stops at the first element too many or too deep, before the rest is read."""

    def __init__(self, elements: int) -> None:
        super().__init__()
        self.left = elements
        self.depth = 0

    def start(self, tag: str, attrs: dict[Any, Any], /) -> Element:
        self.left -= 1
        self.depth += 1
        if self.depth > DEPTH:
            raise Refused("xml.too_deep", limit=str(DEPTH))
        if self.left < 0:
            raise Refused("xml.too_many_elements")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)


def read_xml(raw: bytes, *, limit: int, elements: int) -> Element:
    """The root element of `raw`, at most `limit` bytes long; Refused with a code `xml.*` otherwise."""
    if len(raw) > limit:
        raise Refused("xml.too_large", limit=str(limit))
    _only_utf8(raw)
    parser = DefusedXMLParser(target=_Bounded(elements), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(raw)
        root: Element = parser.close()
    except DefusedXmlException:
        raise Refused("xml.dtd") from None
    except (ParseError, LookupError, ValueError):
        # `from None`: expat's message may quote what was written.
        raise Refused("xml.malformed") from None
    return root


def _only_utf8(raw: bytes) -> None:
    # Another charset could hide a DTD from whoever reads the bytes before us, and NUL has no place in any.
    declared = DECLARED.match(raw.removeprefix(BYTE_ORDER_MARK)[:200])
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        raise Refused("xml.charset")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("xml.charset") from None
    if b"\x00" in raw:
        raise Refused("xml.malformed")


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def namespace(tag: str) -> str:
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""
