"""YAML as people mean it: every scalar is a string, no key twice, no tags, and every value knows its line."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

Path_ = tuple[str | int, ...]
Tree = str | list["Tree"] | dict[str, "Tree"]

LARGEST = 1_000_000  # characters
MOST_NODES = 100_000

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_TAGS = "tag:yaml.org,2002:"


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
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlProblem(mark.line + 1 if mark else 1, f"not YAML: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise YamlProblem(1, f"not YAML: {' '.join(str(error).split())}") from None
    if root is None:
        raise YamlProblem(1, "the file is empty")
    document = Document("")
    document.tree = _tree(root, (), document.lines, set())
    return document


def _tree(node: yaml.Node, path: Path_, lines: dict[Path_, int], seen: set[int]) -> Tree:
    line = node.start_mark.line + 1
    if id(node) in seen or len(lines) > MOST_NODES:
        raise YamlProblem(line, "anchors and aliases (& and *) are not used in these files", path)
    seen.add(id(node))
    lines.setdefault(path, line)
    if not node.tag.startswith(_PLAIN_TAGS):
        raise YamlProblem(line, f"the tag {node.tag} is not used in these files", path)
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_tree(item, (*path, index), lines, seen) for index, item in enumerate(node.value)]
    tree: dict[str, Tree] = {}
    for key_node, value_node in node.value:
        key_line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise YamlProblem(key_line, "a key must be a word", path)
        key = str(key_node.value)
        here = (*path, key)
        if key in tree:
            raise YamlProblem(key_line, f"the key {key!r} stands here twice", here)
        lines[here] = key_line
        tree[key] = _tree(value_node, here, lines, seen)
    return tree
