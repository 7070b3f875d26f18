"""Whole or not at all, and for the owner's eyes."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from zhitongche.kernel import files


def test_a_file_is_replaced_whole_and_nobody_else_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "list"
    files.replace(file, b"old")
    files.replace(file, b"new")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o600)
    assert list(tmp_path.iterdir()) == [file]


def test_what_breaks_off_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "list"
    files.replace(file, b"old")

    def full(_descriptor: int) -> None:
        raise OSError

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError):  # noqa: PT011 - any
        files.replace(file, b"new")
    assert file.read_bytes() == b"old"


def test_of_many_who_make_it_at_once_the_first_ones_content_stands_for_all(tmp_path: Path) -> None:
    file, seen = tmp_path / "key", []
    gate = threading.Barrier(8)

    def make(number: int) -> None:
        gate.wait()
        files.keep_first(file, str(number).encode())
        seen.append(file.read_bytes())

    threads = [threading.Thread(target=make, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen)) == 1
    assert list(tmp_path.iterdir()) == [file]
