"""The small language in which scenarios describe values: literals, classes, repeats, choices, references.

000[QXZ]{3}9[0-9]     literals, a class, a repeat
(00|9[0-9])           a choice, each branch equally likely
[A-Z]{2,4}            two to four
\\[                    an escaped special character
<birth_date.yy>       a part of another value of the same identity; <name_given> the whole of it,
                      <birth_date:1.yy> the part on rung 1 of its ladder
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from random import Random

SPECIAL = "[](){}|<>\\"
MOST_REPEATS = 64

# kind, rung, part ('' for the whole) -> text
Lookup = Callable[[str, int, str], str]


class ShapeError(ValueError):
    """A shape that is not in the language; the text says what and where."""


@dataclass(frozen=True, slots=True)
class Class:
    chars: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Choice:
    branches: tuple[tuple[Node, ...], ...]
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Reference:
    kind: str
    rung: int
    part: str


Node = str | Class | Choice | Reference


class _Parser:
    def __init__(self, shape: str) -> None:
        self.shape = shape
        self.at = 0

    def fail(self, what: str) -> ShapeError:
        return ShapeError(f"{what} at character {self.at + 1} of {self.shape!r}")

    def peek(self) -> str:
        return self.shape[self.at] if self.at < len(self.shape) else ""

    def take(self) -> str:
        if self.at >= len(self.shape):
            raise self.fail("the shape ends too early")
        self.at += 1
        return self.shape[self.at - 1]

    def until(self, end: str) -> str:
        stop = self.shape.find(end, self.at)
        if stop < 0:
            raise self.fail(f"no closing {end!r}")
        text = self.shape[self.at : stop]
        self.at = stop + 1
        return text

    def sequence(self, depth: int = 0) -> tuple[Node, ...]:
        nodes: list[Node] = []
        while self.peek() and not (depth and self.peek() in "|)"):
            node = self.atom(depth)
            if isinstance(node, str) and nodes and isinstance(nodes[-1], str):
                nodes[-1] += node
            else:
                nodes.append(node)
        return tuple(nodes)

    def atom(self, depth: int) -> Node:
        char = self.take()
        if char == "[":
            return Class(self.klass(), *self.repeat())
        if char == "(":
            branches = [self.sequence(depth + 1)]
            while self.peek() == "|":
                self.take()
                branches.append(self.sequence(depth + 1))
            if self.peek() != ")":
                raise self.fail("no closing ')'")
            self.take()
            return Choice(tuple(branches), *self.repeat())
        if char == "<":
            return self.reference()
        if char == "\\":
            char = self.take()
        elif char in SPECIAL:
            raise self.fail(f"{char!r} stands alone (write '\\{char}' for the character itself)")
        least, most = self.repeat()
        return char * least if least == most else Class(char, least, most)

    def klass(self) -> str:
        chars: list[str] = []
        while self.peek() != "]":
            first = self.take()
            if first == "\\":
                first = self.take()
            if self.peek() == "-" and self.shape[self.at + 1 : self.at + 2] not in ("]", ""):
                self.take()
                last = self.take()
                if ord(last) < ord(first):
                    raise self.fail(f"the range {first}-{last} runs backwards")
                chars.extend(chr(code) for code in range(ord(first), ord(last) + 1))
            else:
                chars.append(first)
        self.take()
        if not chars:
            raise self.fail("an empty class")
        return "".join(dict.fromkeys(chars))

    def repeat(self) -> tuple[int, int]:
        if self.peek() != "{":
            return 1, 1
        self.take()
        least, _, most = self.until("}").partition(",")
        if not least.isdecimal() or not (most or least).isdecimal():
            raise self.fail("a repeat is {3} or {2,4}")
        low, high = int(least), int(most or least)
        if not low <= high <= MOST_REPEATS:
            raise self.fail(f"a repeat goes upwards, to {MOST_REPEATS} at most")
        return low, high

    def reference(self) -> Reference:
        name, _, part = self.until(">").partition(".")
        kind, _, rung = name.partition(":")
        if not kind or (rung and not rung.isdecimal()):
            raise self.fail("a reference is <kind>, <kind.part> or <kind:rung.part>")
        return Reference(kind, int(rung or 0), part)


@lru_cache(maxsize=4096)
def parse(shape: str) -> tuple[Node, ...]:
    """The shape as nodes.

    Raises:
        ShapeError: the shape is not in the language.
    """
    parser = _Parser(shape)
    nodes = parser.sequence()
    if not nodes:
        raise ShapeError("an empty shape")
    return nodes


def alone(kind: str, rung: int, part: str) -> str:
    """The look-up of a value that is made alone: there is nothing to refer to."""
    raise ShapeError(f"<{kind}> refers to another value, but this one is made alone")


def draw(shape: str, rng: Random, lookup: Lookup = alone) -> str:
    """A text of that shape; the same generator state gives the same text."""
    return _draw(parse(shape), rng.random, lookup)


def _draw(nodes: tuple[Node, ...], random: Callable[[], float], lookup: Lookup) -> str:
    out: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            out.append(node)
        elif isinstance(node, Class):
            chars, size = node.chars, len(node.chars)
            out.extend([chars[int(random() * size)] for _ in range(_times(node, random))])
        elif isinstance(node, Choice):
            for _ in range(_times(node, random)):
                out.append(_draw(node.branches[int(random() * len(node.branches))], random, lookup))
        else:
            out.append(lookup(node.kind, node.rung, node.part))
    return "".join(out)


def _times(node: Class | Choice, random: Callable[[], float]) -> int:
    return node.least if node.least == node.most else node.least + int(random() * (node.most - node.least + 1))


@lru_cache(maxsize=4096)
def freedom(shape: str) -> int:
    """How many characters of the shape can differ from draw to draw."""
    return _freedom(parse(shape))


def _freedom(nodes: tuple[Node, ...]) -> int:
    total = 0
    for node in nodes:
        if isinstance(node, Class):
            total += node.most if len(node.chars) > 1 else node.most - node.least
        elif isinstance(node, Choice):
            widest = max(_freedom(branch) for branch in node.branches)
            total += node.most * max(widest, 1 if len(node.branches) > 1 else 0)
    return total


def references(shape: str) -> tuple[Reference, ...]:
    """The other values that the shape needs."""

    def walk(nodes: tuple[Node, ...]) -> list[Reference]:
        found: list[Reference] = []
        for node in nodes:
            if isinstance(node, Reference):
                found.append(node)
            elif isinstance(node, Choice):
                for branch in node.branches:
                    found.extend(walk(branch))
        return found

    return tuple(walk(parse(shape)))
