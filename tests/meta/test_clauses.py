"""Every clause that the table names is proved by a test that carries its mark, and no test names another."""

from zhitongche.cli import checkout, clauses

ROOT = checkout.root()


def test_every_clause_of_the_table_has_a_test() -> None:
    tests = clauses.tested_clauses(ROOT)
    assert [clause for clause in clauses.built_clauses(ROOT) if clause not in tests] == []


def test_every_clause_that_a_test_names_stands_in_the_table() -> None:
    assert [clause for clause in clauses.tested_clauses(ROOT) if clause not in clauses.built_clauses(ROOT)] == []
