"""The XPath of forms: is an expression well formed, and which questions does it look at?

Not an evaluator. One pass over the grammar of XPath 1.0 (with ODK's functions) answers both questions; precedence is
ignored because neither needs it. Wherever the pass cannot tell which nodes are meant it says "all of them".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn

Path = tuple[str, ...]

LONGEST = 20_000
DEEPEST = 80

TOKEN = re.compile(
    r"""\s*(?:
      (?P<literal>"[^"]*"|'[^']*')
    | (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<name>[^\W\d][\w.-]*(?::(?!:)(?:[^\W\d][\w.-]*|\*))?)
    | (?P<sign>::|//|\.\.|!=|<=|>=|[/.@()\[\],|+\-=<>*$])
    )""",
    re.VERBOSE,
)
OPERATORS = frozenset({"or", "and", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "|"})
NODE_TESTS = frozenset({"node", "text", "comment", "processing-instruction"})
# Taken from the ODK XForms specification's list of functions, with XPath 1.0's own.
FUNCTIONS = frozenset(
    """
    last position count sum max min id name local-name namespace-uri
    string concat starts-with ends-with contains substring substring-before substring-after string-length
    normalize-space translate substr regex coalesce join boolean-from-string checklist weighted-checklist
    if once uuid random randomize selected selected-at count-selected count-non-empty true false not boolean lang
    jr:choice-name jr:itext indexed-repeat pulldata instance current version property
    number int round ceiling floor abs pow exp exp10 log log10 sqrt sin cos tan asin acos atan atan2 pi
    today now date date-time decimal-date-time decimal-time format-date format-date-time
    digest base64-decode extract-signed area distance enclosed-area geofence intersects
    """.split()
)
LAST_SAVED = "__last-saved"


class BadXPath(Exception):
    """Not an expression a phone would understand: `code` says what is wrong, `word` where, in the form's own words."""

    def __init__(self, code: str, word: str) -> None:
        super().__init__(code)
        self.code = code
        self.word = word


@dataclass(slots=True)
class References:
    """What an expression looks at: absolute node paths (root element first), or `everything` where nobody can tell."""

    paths: set[Path] = field(default_factory=set)
    everything: bool = False


@dataclass(slots=True)
class _Place:
    """A location path while it is read. `path` is None inside a secondary instance, whose nodes hold no answers."""

    path: Path | None
    wide: bool = False

    def step(self, name: str) -> None:
        if self.path is not None:
            self.path = (*self.path, name)

    def up(self) -> None:
        if self.path is not None:
            self.path = self.path[:-1]


def references(expression: str, context: Path) -> References:
    """The nodes `expression` looks at when it is asked at `context`; BadXPath if it is not well formed."""
    reader = _Reader(_tokens(expression), context)
    reader.whole()
    return reader.found


def _tokens(expression: str) -> list[tuple[str, str]]:
    if len(expression) > LONGEST:
        raise BadXPath("xpath.too_long", "")
    tokens, position, end = [], 0, len(expression.rstrip())
    while position < end:
        match = TOKEN.match(expression, position)
        if match is None:
            rest = expression[position:].strip()
            code = "xpath.open_quote" if rest[:1] in "\"'" else "xpath.bad_sign"
            raise BadXPath(code, rest[:20])
        tokens.append((str(match.lastgroup), match[str(match.lastgroup)]))
        position = match.end()
    return tokens


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]], context: Path) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.current = context
        self.found = References()

    # -- reading tokens

    def peek(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.tokens[place][1] if place < len(self.tokens) else ""

    def kind(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        word = self.peek()
        self.at += 1
        return word

    def expect(self, sign: str, code: str) -> None:
        if self.peek() != sign or self.kind() != "sign":
            self.fail(code)
        self.at += 1

    def fail(self, code: str) -> NoReturn:
        raise BadXPath(code, self.peek()[:20])

    # -- grammar

    def whole(self) -> None:
        self.expression(self.current)
        if self.at < len(self.tokens):
            self.fail("xpath.parenthesis" if self.peek() in (")", "]") else "xpath.no_operator")

    def expression(self, context: Path | None) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail("xpath.too_long")
        self.operand(context)
        while self.peek() in OPERATORS and self.kind() in ("sign", "name"):
            self.take()
            self.operand(context)
        self.depth -= 1

    def operand(self, context: Path | None) -> None:
        while self.peek() == "-" and self.kind() == "sign":
            self.take()
        kind, word = self.kind(), self.peek()
        if kind in ("literal", "number"):
            self.take()
        elif kind == "sign" and word == "(":
            self.bracketed(context)
        elif kind == "name" and self.peek(1) == "(" and word not in NODE_TESTS:
            self.call(context)
        elif kind == "name" or (kind == "sign" and word in ("/", "//", ".", "..", "@", "*")):
            self.location(self.start_of_path(context))
        else:
            self.fail("xpath.incomplete")

    def bracketed(self, context: Path | None) -> None:
        self.take()
        self.expression(context)
        self.expect(")", "xpath.parenthesis")
        self.after_filter(_Place(None, wide=True))

    def start_of_path(self, context: Path | None) -> _Place:
        if self.peek() == "//":
            self.take()
            return _Place((), wide=True)
        if self.peek() == "/":
            self.take()
            return _Place(())
        return _Place(context)

    def location(self, place: _Place) -> None:
        self.step(place)
        while self.peek() in ("/", "//", "[") and self.kind() == "sign":
            sign = self.take()
            if sign == "[":
                self.predicate(place)
                continue
            place.wide = place.wide or sign == "//"
            self.step(place)
        self.note(place)

    def step(self, place: _Place) -> None:
        word = self.take()
        if word == "..":
            place.up()
        elif word == "@":
            self.take()  # an attribute belongs to its node: looking at it is looking at the node
        elif word == "*" or word.endswith(":*"):
            place.wide = True
        elif word and self.tokens[self.at - 1][0] == "name":
            self.named_step(place, word)
        elif word != ".":
            self.at -= 1
            self.fail("xpath.incomplete")

    def named_step(self, place: _Place, word: str) -> None:
        if self.peek() == "::":
            self.take()
            place.wide = True
            self.step(place)
        elif word in NODE_TESTS and self.peek() == "(":
            self.take()
            self.expect(")", "xpath.parenthesis")
        else:
            place.step(word.rpartition(":")[2])

    def predicate(self, place: _Place) -> None:
        self.expression(place.path)
        self.expect("]", "xpath.parenthesis")

    # -- functions

    def call(self, context: Path | None) -> None:
        name = self.take()
        if name not in FUNCTIONS and not name.startswith("ex:"):
            raise BadXPath("xpath.unknown_function", name)
        self.take()
        before = set(self.found.paths)
        first = self.peek()
        self.arguments(context, skip=SKIPPED.get(name, lambda number: False))
        if name == "current":
            self.found.paths = before
            return self.after_filter(_Place(self.current), alone=True)
        if name == "instance":
            return self.after_filter(_Place(() if first.strip("\"'") == LAST_SAVED else None))
        return self.after_filter(_Place(None, wide=True))

    def arguments(self, context: Path | None, skip: Callable[[int], bool]) -> None:
        number = 0
        while self.peek() != ")" or number:
            kept, wide = set(self.found.paths), self.found.everything
            self.expression(context)
            if skip(number):
                self.found.paths, self.found.everything = kept, wide
            number += 1
            if self.peek() != ",":
                break
            self.take()
        self.expect(")", "xpath.parenthesis")

    def after_filter(self, place: _Place, *, alone: bool = False) -> None:
        """Whatever may follow a function or a parenthesis: predicates and a path below its result."""
        while self.peek() == "[" and self.kind() == "sign":
            self.take()
            self.predicate(place)
        if self.peek() in ("/", "//") and self.kind() == "sign":
            sign = self.take()
            place.wide = place.wide or sign == "//"
            self.location(place)
        elif alone:
            self.note(place)

    def note(self, place: _Place) -> None:
        if place.wide:
            self.found.everything = True
        elif place.path is not None:
            self.found.paths.add(place.path)


# Arguments that name a place in the form without looking at what was answered there.
SKIPPED: dict[str, Callable[[int], bool]] = {
    "position": lambda number: True,
    "indexed-repeat": lambda number: number % 2 == 1,
}
