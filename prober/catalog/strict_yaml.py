"""YAML as people mean it: every scalar is a string, no key twice, no tags, and every value knows its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

Path_ = tuple[str | int, ...]
Tree = str | list["Tree"] | dict[str, "Tree"]

LARGEST = 1_000_000  # characters
DEEPEST = 20

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlProblem(ValueError):
    """Why a text is not acceptable YAML, and where."""

    def __init__(self, line: int, text: str, path: Path_ = ()) -> None:
        super().__init__(text)
        self.line = line
        self.text = text
        self.path = path


@dataclass
class Document:
    """A parsed file: the tree, and the line of every path in it."""

    tree: Tree
    lines: dict[Path_, int] = field(default_factory=dict)

    def line(self, path: Path_) -> int:
        """The line of a field; of the nearest one around it where the field is missing."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse(text: str) -> Document:
    """Parse one YAML document.

    Raises:
        YamlProblem: it is not YAML, or uses what a plain data file does not need.
    """
    if len(text) > LARGEST:
        raise YamlProblem(1, f"the file is larger than {LARGEST} characters")
    try:
        return _Builder(yaml.parse(text, Loader=_Loader)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = min(mark.line + 1, text.count("\n") + 1) if mark else 1
        raise YamlProblem(line, f"not YAML: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise YamlProblem(1, f"not YAML: {' '.join(str(error).split())}") from None


def line_of(event: yaml.Event) -> int:
    """The line on which an event starts, from 1."""
    return event.start_mark.line + 1 if event.start_mark else 1


class _Builder:
    """Builds the tree from the parser's events, so that depth is known before it hurts."""

    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self.events = events
        self.lines: dict[Path_, int] = {}

    def document(self) -> Document:
        next(self.events)  # start of the stream
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise YamlProblem(1, "the file is empty")
        tree = self.tree(next(self.events), ())
        next(self.events)  # end of the document
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise YamlProblem(line_of(after), "a second document starts here")
        return Document(tree, self.lines)

    def tree(self, event: yaml.Event, path: Path_) -> Tree:
        line = line_of(event)
        self.lines.setdefault(path, line)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise YamlProblem(line, "anchors and aliases (& and *) are not used in these files", path)
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            raise YamlProblem(line, f"the tag {tag} is not used in these files", path)
        if len(path) > DEEPEST:
            raise YamlProblem(line, f"nested more than {DEEPEST} levels deep", path)
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path)
        return self.mapping(path)

    def sequence(self, path: Path_) -> list[Tree]:
        items: list[Tree] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.tree(event, (*path, len(items))))
        return items

    def mapping(self, path: Path_) -> dict[str, Tree]:
        tree: dict[str, Tree] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = line_of(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise YamlProblem(line, "a key must be a word", path)
            key = str(event.value)
            here = (*path, key)
            if key in tree:
                raise YamlProblem(line, f"the key {key!r} stands here twice", here)
            self.lines[here] = line
            tree[key] = self.tree(next(self.events), here)
        return tree
