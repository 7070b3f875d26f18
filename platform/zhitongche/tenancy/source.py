"""YAML in which every value knows its file and line, and nothing is guessed.

Scalars stay text (the shape decides what they are), so `21:00`, `on` and `no` mean what they say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from zhitongche.tenancy import words
from zhitongche.tenancy.findings import Report, Spot

if TYPE_CHECKING:
    from pathlib import Path


# YAML 1.2 allows `[co?]`, PyYAML (1.1) does not: questions pass its scanner in disguise.
_QUESTION = "\ue000"
# Folders inside of a pack.
_BELOW = frozenset({"texts", "documents"})
# The C scanner is several times faster; the wheels bring it, some platforms do without.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Map(dict[str, Any]):
    """A mapping with the spot of itself and of each key."""

    def __init__(self, spot: Spot) -> None:
        super().__init__()
        self.spot = spot
        self.spots: dict[str, Spot] = {}

    def put(self, key: str, value: Any, spot: Spot) -> None:
        """Set a key together with where it stands."""
        self[key] = value
        self.spots[key] = spot


class Seq(list[Any]):
    """A list with the spot of itself and of each item."""

    def __init__(self, spot: Spot) -> None:
        super().__init__()
        self.spot = spot
        self.spots: list[Spot] = []

    def put(self, value: Any, spot: Spot) -> None:
        """Append an item together with where it stands."""
        self.append(value)
        self.spots.append(spot)


def read(path: Path, report: Report) -> Map | None:
    """The file as a marked tree; None (and a finding) where it is missing, broken or not a mapping."""
    name = "/".join(path.parts[-3 if path.parent.name in _BELOW else -2 :])
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        report.add(Spot(name), words.BROKEN_YAML, words.MEND_YAML)
        return None
    return parse(text, name, report)


def parse(text: str, name: str, report: Report) -> Map | None:
    """A file's text as a marked tree; None (and a finding) where it is broken or not a mapping."""
    try:
        node = yaml.compose(text.replace("?", _QUESTION), Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        report.add(Spot(name, mark.line + 1 if mark else 1), words.BROKEN_YAML, words.MEND_YAML)
        return None
    if not isinstance(node, yaml.MappingNode):
        report.add(Spot(name), words.NOT_A_MAPPING, words.WRITE_A_MAPPING)
        return None
    tree: Map = _value(node, name, report)
    return tree


def _value(node: yaml.Node, file: str, report: Report) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, file, report)
    if isinstance(node, yaml.SequenceNode):
        seq = Seq(_spot(node, file))
        for item in node.value:
            seq.put(_value(item, file, report), _spot(item, file))
        return seq
    is_null = node.tag == "tag:yaml.org,2002:null"
    return None if is_null else _plain(node)


def _mapping(node: yaml.MappingNode, file: str, report: Report) -> Map:
    tree = Map(_spot(node, file))
    for key, value in node.value:
        spot = _spot(key, file)
        name = _plain(key)
        if name in tree:
            report.add(spot, words.twice(name), words.KEEP_ONE)
        tree.put(name, _value(value, file, report), spot)
    return tree


def _spot(node: yaml.Node, file: str) -> Spot:
    return Spot(file, node.start_mark.line + 1)


def _plain(node: yaml.Node) -> str:
    return str(node.value).replace(_QUESTION, "?")
