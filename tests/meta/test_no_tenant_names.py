"""Shared code knows no tenant by name: what differs stands in the packs."""

import re
import subprocess
from pathlib import Path

import pytest

from zhitongche.tenancy import packs

ROOT = Path(__file__).parents[2]
TEXT = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".svg",
    ".yaml",
    ".toml",
    ".sql",
    ".txt",
    ".json",
    ".md",
    ".xml",
    ".csv",
}


def _names() -> re.Pattern[str]:
    registry = packs.load([ROOT / "tenants"])
    names = set(registry) | {re.sub(r"[省市县区]$", "", pack.name) for pack in registry.values()}
    assert len(names) == 2 * len(registry)
    return re.compile("|".join(sorted(names)), re.IGNORECASE)


def _shared_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "platform", "escalation"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in listed if Path(name).suffix in TEXT and (ROOT / name).is_file()]


def _mentions(text: str) -> list[str]:
    return _names().findall(text)


def test_no_tenants_name_stands_in_shared_code() -> None:
    files = _shared_files()
    assert len(files) > 50
    names = _names()
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if names.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "text", ["if tenant == 'raoping':", "SHANTOU = 1", "欢迎来到饶平县", "潮州市政府", "Guangdong"]
)
def test_a_planted_name_would_be_found(text: str) -> None:
    assert _mentions(text)
