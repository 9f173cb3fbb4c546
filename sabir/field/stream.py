"""Reports as they arrive: the report itself in memory, each file sealed (or kept sealed) while it is read.

`config.front` pushes the body into a Receiver that a view has prepared after looking at the door. Nothing is written
in clear, and what was written is removed when the sending is refused, cut off or left.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext_lazy as _
from multipart import MultipartError, MultipartSegment, ParserLimitReached, PushMultipartParser, parse_options_header

from sabir.kernel.public import BadInput, Refusal, TooBusy, TooLarge
from sabir.vault.public import (
    MAX_FILE,
    FileKeeper,
    FileSealer,
    FileTooLarge,
    NotSealed,
    SealedFile,
    TooManyFiles,
    file_line,
)

from .xform_problem import Refused
from .xform_submission import Report, read_submission
from .xform_xml import REPORT_BYTES

MAX_REPORT = 1000 * 1000
MAX_PARTS = 200
MAX_NAME = 200
MAX_BOUNDARY = 200
_PREAMBLE = 4096
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Received:
    """A whole sending: `xml` from a device or `report` (JSON) from our own pages, and its files by part name.

    A file whose report is not kept must be removed by whoever decides so (`SealedFile.remove`).
    """

    xml: bytes | None = None
    report: bytes | None = None
    files: Mapping[str, SealedFile] = field(default_factory=dict)


class Taker(Protocol):
    """What takes the bytes of one file: a FileSealer or a FileKeeper."""

    def write(self, piece: bytes) -> None: ...
    def backlog(self) -> int: ...
    def close(self) -> SealedFile: ...
    def abandon(self) -> None: ...


class Sending(Protocol):
    """The rules of one kind of sending."""

    first_name: str
    first_limit: int

    def taker(self, part: MultipartSegment, first: bytes) -> Taker | None:
        """What takes this part, None to pass over it. Refusal if it has no place in such a sending."""

    def received(self, first: bytes, files: Mapping[str, SealedFile]) -> Received: ...


class FromDevice:
    """OpenRosa: `xml_submission_file` first, then attachments, told apart by part name and sealed as they come.

    `digest_key` is the installation's key for the digests of reports that bring no random id of their own.
    """

    first_name = "xml_submission_file"
    first_limit = REPORT_BYTES

    def __init__(self, *, union: str, recipients: Sequence[str], folder: Path, digest_key: bytes) -> None:
        self._union, self._recipients, self._folder, self._digest_key = union, recipients, folder, digest_key
        self._report: Report | None = None

    def taker(self, part: MultipartSegment, first: bytes) -> Taker | None:
        if part.filename is None:
            return None  # plain fields such as *isIncomplete* tell nothing we rely on
        return FileSealer(self._recipients, self._line(first, _named(part)), self._folder)

    def _line(self, first: bytes, name: str) -> bytes:
        """Which file of which report: sealed in front of the file, so that no file can be passed off as another."""
        report = self._report = self._report or read_submission(first)
        return file_line(
            union=self._union,
            form=report.form_id,
            version=report.version,
            submission=report.digest(self._digest_key),
            name=name,
        )

    def received(self, first: bytes, files: Mapping[str, SealedFile]) -> Received:
        return Received(xml=first, files=files)


class FromBrowser:
    """Our own pages: `report` first (JSON), then age files, each named by the digest the report gives it."""

    first_name = "report"
    first_limit = MAX_REPORT

    def __init__(self, *, folder: Path) -> None:
        self._folder = folder

    def taker(self, part: MultipartSegment, first: bytes) -> Taker | None:
        if not _DIGEST.fullmatch(_named(part)):
            raise _spoilt("field.part_name")
        return FileKeeper(self._folder)

    def received(self, first: bytes, files: Mapping[str, SealedFile]) -> Received:
        return Received(report=first, files=files)


class Receiver:
    """Takes one body of multipart/form-data in pieces, as config.front reads it.

    `feed` may wait for the disk where a file ends; between calls look at `backlog`. Any refusal or error inside has
    already removed what was written. After `finish` the files stay until someone removes them, or `abandon` does.
    """

    def __init__(self, content_type: str, sending: Sending) -> None:
        self._sending = sending
        self._parser = _parser(content_type)
        self._first: bytes | None = None
        self._growing = bytearray()
        self._part: MultipartSegment | None = None
        self._taker: Taker | None = None
        self._takers: list[Taker] = []
        self._files: dict[str, SealedFile] = {}
        self._fed = 0

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes of the body."""
        try:
            self._parse(chunk)
        except BaseException as error:
            self.abandon()
            raise _in_words(error) from None

    def backlog(self) -> int:
        """Bytes taken and not yet sealed."""
        return self._taker.backlog() if self._taker else 0

    def finish(self) -> Received:
        """The whole sending, safely on disk. Refusal if it is not whole."""
        try:
            self._parser.close()
            if self._first is None:
                raise _spoilt("field.no_report")
        except BaseException as error:
            self.abandon()
            raise _in_words(error) from None
        return self._sending.received(self._first, self._files)

    def abandon(self) -> None:
        """Remove everything written; fine at any time, and twice."""
        for taker in self._takers:
            taker.abandon()
        self._files.clear()

    def _parse(self, chunk: bytes) -> None:
        self._fed += len(chunk)
        for event in self._parser.parse(chunk):
            if isinstance(event, MultipartSegment):
                self._open(event)
            elif event is None:
                self._close()
            else:
                self._take(bytes(event))
        if self._part is None and self._fed > _PREAMBLE:
            raise _spoilt("field.boundary")

    def _open(self, part: MultipartSegment) -> None:
        before, self._part = self._part, part
        if before is None:
            if part.name != self._sending.first_name:
                raise _spoilt("field.report_not_first")
            return
        if part.name == self._sending.first_name or part.name in self._files:
            raise _spoilt("field.part_twice")
        self._taker = self._sending.taker(part, self._first or b"")
        if self._taker:
            self._takers.append(self._taker)

    def _take(self, piece: bytes) -> None:
        if self._taker:
            self._taker.write(piece)
        elif self._first is None:
            if len(self._growing) + len(piece) > self._sending.first_limit:
                raise TooLarge("field.report_too_large", _("This report is too long. Shorten it and send it again."))
            self._growing += piece

    def _close(self) -> None:
        if self._first is None:
            if not self._growing:
                raise _spoilt("field.no_report")
            self._first = bytes(self._growing)
            self._growing.clear()
        elif self._taker and self._part:
            self._files[_named(self._part)] = self._taker.close()
        self._taker = None


def _parser(content_type: str) -> PushMultipartParser:
    # Not the parser's `strict`: it refuses the line end that clients write after the last boundary, whenever that
    # line end travels in a packet of its own.
    kind, options = parse_options_header(content_type)
    boundary = options.get("boundary", "")
    if kind != "multipart/form-data" or not boundary or len(boundary) > MAX_BOUNDARY or not boundary.isascii():
        raise _spoilt("field.not_multipart")
    try:
        return PushMultipartParser(boundary, max_segment_count=MAX_PARTS)
    except MultipartError:
        raise _spoilt("field.not_multipart") from None


def _named(part: MultipartSegment) -> str:
    """The part's name, which is the file's name in the report."""
    name = part.name or ""
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise _spoilt("field.part_name")
    return name


def _spoilt(code: str) -> Refusal:
    return BadInput(code, _("The report arrived damaged or incomplete and was not kept. Send it again."))


def _in_words(error: BaseException) -> BaseException:
    """The refusal that says what went wrong below; errors that nobody caused on purpose stay what they are."""
    match error:
        case ParserLimitReached():
            return TooLarge("field.too_many_parts", _("This report has too many files for one sending."))
        case Refused():
            return _spoilt(error.problem.code)
        case MultipartError():
            return _spoilt("field.multipart")
        case FileTooLarge():
            words = _(
                "A photo or recording of this report is larger than %(megabytes)s MB. Make it smaller and send again."
            )
            return TooLarge("field.file_too_large", words, megabytes=MAX_FILE // 1_000_000)
        case TooManyFiles():
            return TooBusy("field.busy")
        case NotSealed():
            return BadInput(
                "field.not_sealed",
                _("A file of this report did not arrive sealed and was not kept. Load the page again, then send."),
            )
        case _:
            return error
