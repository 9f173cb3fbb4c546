"""What other rooms may use of the vault."""

from .age_format import NotSealed, NotTheOne, SealError
from .models import KeyStatement
from .queries import (
    Part,
    SealedPath,
    current_key,
    file_of,
    files_of,
    holder_count,
    names_kept,
    parts_of,
)
from .seal import (
    MAX_FILE,
    FileKeeper,
    FileSealer,
    FileTooLarge,
    SealedFile,
    SealedPart,
    TooManyFiles,
    check_header,
    file_line,
    open_part,
    seal_part,
    split_age,
    sweep_unfinished,
)
from .services import declare_key, keep

__all__ = [
    "MAX_FILE",
    "FileKeeper",
    "FileSealer",
    "FileTooLarge",
    "KeyStatement",
    "NotSealed",
    "NotTheOne",
    "Part",
    "SealError",
    "SealedFile",
    "SealedPart",
    "SealedPath",
    "TooManyFiles",
    "check_header",
    "current_key",
    "declare_key",
    "file_line",
    "file_of",
    "files_of",
    "holder_count",
    "keep",
    "names_kept",
    "open_part",
    "parts_of",
    "seal_part",
    "split_age",
    "sweep_unfinished",
]
