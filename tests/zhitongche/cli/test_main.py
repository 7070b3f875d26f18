import importlib
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.processes import environment
from zhitongche.cli.main import parse, run
from zhitongche.cli.words import WORDS, all_words
from zhitongche.kernel.errors import NotFound

ROOT = Path(__file__).resolve().parents[3]


def test_the_help_explains_every_word_in_chinese(capsys):
    assert run([]) == 0
    said = capsys.readouterr().out

    for name, word in all_words().items():
        assert name in said
        assert word.help in said
    for english in ("usage", "positional", "show this", "options"):
        assert english not in said


@pytest.mark.parametrize("name", sorted(all_words()))
def test_every_word_of_the_table_is_there_and_helps(name, capsys):
    with pytest.raises(SystemExit) as exit_:
        run([name, "--help"])

    assert exit_.value.code == 0
    assert all_words()[name].help in capsys.readouterr().out


def test_every_module_of_a_word_stands_in_the_table():
    modules = {word.module for word in WORDS.values()}
    found = set()
    for file in importlib.import_module("zhitongche.cli").__path__:
        found |= {each.stem for each in Path(file).glob("*.py") if "def configure(" in each.read_text()}

    assert found == modules


@pytest.mark.parametrize(("argv", "said"), [(["nonsense"], "nonsense"), (["lint", "--nonsense"], "--nonsense")])
def test_what_is_not_understood_is_said_in_chinese(argv, said, capsys):
    with pytest.raises(SystemExit) as exit_:
        run(argv)

    error = capsys.readouterr().err
    assert exit_.value.code == 2
    assert said in error
    assert "✗" in error
    assert "unrecognized" not in error
    assert "invalid" not in error


def test_an_expected_failure_is_a_sentence_and_not_a_trace(monkeypatch, capsys):
    lint = importlib.import_module("zhitongche.cli.lint")

    def fail(args):
        raise NotFound("没有这样的东西")

    monkeypatch.setattr(lint, "run", fail)

    assert run(["lint"]) == 1
    assert capsys.readouterr().err == "✗ 没有这样的东西\n"


def test_what_pytest_is_to_be_told_is_passed_on(monkeypatch):
    told = []
    checkout = importlib.import_module("zhitongche.cli.checkout")
    monkeypatch.setattr(checkout, "tool", lambda *words: told.append(words) or 0)

    assert run(["test", "-k", "journal", "tests/x.py", "--maxfail=1"]) == 0
    assert told == [("pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "-k", "journal", "tests/x.py", "--maxfail=1")]


def test_help_answers_without_loading_the_product():
    code = "import sys; from zhitongche.cli.main import run; run([]); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True)

    for heavy in ("'flask'", "'sqlalchemy'", "'celery'"):
        assert heavy not in done.stdout


def test_a_limit_that_cannot_be_read_is_told_with_its_remedy(capsys):
    assert run(["deadline", "--tenant", "raoping", "--from", "2026-02-13T16:00", "--limit", "5 xx"]) == 1
    assert "5 xx" in capsys.readouterr().err


def _written_commands():
    """What the papers tell people to type, as the shell would split it."""
    papers = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    found = {line for paper in papers for line in re.findall(r"^\$ \./zhitongche (.+)$|`\./zhitongche ([^`…|]+)`", paper.read_text(), re.MULTILINE)}
    return sorted({first or second for first, second in found})


@pytest.mark.parametrize("line", _written_commands())
def test_every_command_in_the_papers_is_understood_as_it_is_written(line):
    parse(shlex.split(line, comments=True))
