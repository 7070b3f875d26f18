"""`clauses`: which clause of the published rules was built how, and which tests show it (条款对照表)."""

import ast
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from pathlib import Path

import yaml

from zhitongche.cli import checkout
from zhitongche.kernel.errors import NotFound

# Clause id → what was built, in a sentence.
TABLE = Path("docs") / "clauses.yaml"


def configure(parser: ArgumentParser) -> None:
    """What may follow the word."""
    parser.add_argument("ids", nargs="*", metavar="条款", help="只看这些条款，如 RP-2.3.b；可只写开头")
    parser.add_argument("--missing", action="store_true", help="只列出还没有测试的条款")


def run(args: Namespace) -> int:
    """Print the table; 1 where a clause has no test."""
    root = checkout.root()
    built, tests = built_clauses(root), tested_clauses(root)
    chosen = [each for each in built if not args.ids or each.startswith(tuple(args.ids))]
    untested = [each for each in chosen if not tests.get(each)]
    for each in untested if args.missing else chosen:
        print(f"{each}  {built[each]}")
        for test in tests.get(each, ["✗ 还没有测试"]):
            print(f"    {test}")
    print(f"共 {len(chosen)} 条，有测试 {len(chosen) - len(untested)} 条")
    return 1 if untested else 0


def built_clauses(root: Path) -> dict[str, str]:
    """Clause id → what was built; raises NotFound without the table."""
    file = root / TABLE
    if not file.exists():
        raise NotFound(f"没有条款对照表 {TABLE}")
    table = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {str(clause): str(built) for clause, built in table.items()}


def tested_clauses(root: Path) -> dict[str, list[str]]:
    """Clause id → tests (as pytest names them) that carry its mark, read without running anything."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted((root / "tests").rglob("test_*.py")):
        place = file.relative_to(root)
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            _collect(node, f"{place}", frozenset(), found)
    return dict(found)


def _collect(node: ast.stmt, place: str, above: frozenset[str], found: dict[str, list[str]]) -> None:
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        return
    clauses = above | {clause for mark in node.decorator_list for clause in _clauses(mark)}
    name = f"{place}::{node.name}"
    if isinstance(node, ast.ClassDef):
        for inner in node.body:
            _collect(inner, name, clauses, found)
        return
    for clause in clauses:
        found[clause].append(name)


def _clauses(mark: ast.expr) -> list[str]:
    # @pytest.mark.clause("RP-2.3.b", "ST-3.3")
    if not (isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr == "clause"):
        return []
    return [each.value for each in mark.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
