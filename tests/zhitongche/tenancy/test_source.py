"""YAML in which nothing is guessed and every value knows its line."""

from pathlib import Path

from zhitongche.tenancy.findings import Report
from zhitongche.tenancy.source import Map, read


def _read(tmp_path: Path, text: str) -> tuple[Map | None, Report]:
    (tmp_path / "x").mkdir()
    path = tmp_path / "x" / "flow.yaml"
    path.write_text(text, encoding="utf-8")
    report = Report()
    return read(path, report), report


def test_times_switches_and_numbers_stay_what_was_written(tmp_path: Path) -> None:
    tree, _ = _read(tmp_path, "from: 21:00\non: no\ncode: 0445\nday: 2026-01-01\nparent: null\n")
    assert tree == {"from": "21:00", "on": "no", "code": "0445", "day": "2026-01-01", "parent": None}


def test_a_question_mark_may_end_a_word_in_a_list_or_a_key(tmp_path: Path) -> None:
    tree, report = _read(tmp_path, "needs: [lead, co?, {reason?: 为什么?}]\n")
    assert tree == {"needs": ["lead", "co?", {"reason?": "为什么?"}]}
    assert report.findings == []


def test_every_key_and_item_knows_its_line(tmp_path: Path) -> None:
    tree, _ = _read(tmp_path, "a: 1\n\nb:\n  - x\n  - y\n")
    assert tree is not None
    assert (tree.spots["b"].line, tree["b"].spots[1].line) == (3, 5)
    assert tree.spots["b"].file == "x/flow.yaml"


def test_a_key_written_twice_is_refused_at_its_second_line(tmp_path: Path) -> None:
    _, report = _read(tmp_path, "a: 1\nb: 2\na: 3\n")
    assert [(f.spot.line, f.what) for f in report.findings] == [(3, "a 重复出现")]


def test_broken_yaml_is_told_with_its_line_and_never_raises(tmp_path: Path) -> None:
    tree, report = _read(tmp_path, "a: 1\nb: [1, 2\nc: }\n")
    assert tree is None
    assert report.findings[0].spot.line == 3
    assert "YAML" in report.findings[0].what


def test_yaml_can_make_no_python_objects(tmp_path: Path) -> None:
    tree, _ = _read(tmp_path, "a: !!python/object/apply:os.system [echo]\n")
    assert tree == {"a": ["echo"]}
