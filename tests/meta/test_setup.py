"""The set-up script, the locks and the wheel."""

import ast
import os
import re
import runpy
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "zhitongche"


def test_the_script_needs_nothing_but_the_standard_library():
    tree = ast.parse(SCRIPT.read_text())
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module] if isinstance(node, ast.ImportFrom) else []
        )
    }

    assert names <= sys.stdlib_module_names | {"__future__"}
    assert os.access(SCRIPT, os.X_OK)


def test_an_old_python_is_told_what_it_lacks(tmp_path):
    # The same file under a Python that calls itself old, with no other one to be found.
    code = (
        "import sys, runpy; sys.version_info = (3, 8, 0); sys.version = '3.8.0 (old)';"
        f"sys.argv = ['zhitongche']; runpy.run_path({str(SCRIPT)!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"PATH": str(tmp_path)}, check=False
    )

    assert done.returncode == 1
    assert "需要 Python 3.11 或更高版本，现为 3.8.0" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("word", ["help", "test"])
def test_a_second_start_installs_nothing(word, monkeypatch):
    script = runpy.run_path(str(SCRIPT), run_name="setup")
    stamp = script["VENV"] / "zhitongche.stamp"
    if not stamp.exists():
        pytest.skip("this environment was not made by ./zhitongche")
    kind = "dev" if word in script["WORDS_OF_DEVELOPMENT"] else "runtime"
    monkeypatch.setitem(script["install"].__globals__, "run", lambda *words, **_: pytest.fail(str(words)))

    if stamp.read_text() == script["stamp_of_packages"]("dev"):
        script["install"](kind)


def test_what_one_process_compiled_is_kept_for_the_next_whatever_the_shell_says(monkeypatch):
    script = runpy.run_path(str(SCRIPT), run_name="setup")
    for name in ("install", "fetch_assets"):
        monkeypatch.setitem(script["main"].__globals__, name, lambda *_: None)
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONUTF8", "ZHITONGCHE_HOME"):
        monkeypatch.setenv(name, "1")
    became = []
    monkeypatch.setattr(os, "execv", lambda *words: became.append(dict(os.environ)))

    script["main"]()

    assert [env for env in became if "PYTHONDONTWRITEBYTECODE" in env] == []
    assert len(became) == 1


def test_what_was_installed_for_another_folder_is_installed_anew(monkeypatch, tmp_path):
    script = runpy.run_path(str(SCRIPT), run_name="setup")
    here, files = script["stamp_of_packages"]("dev"), script["stamp_of_packages"].__globals__
    for name in ("pyproject.toml", "requirements"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.setitem(files, "ROOT", tmp_path)

    assert script["stamp_of_packages"]("dev") != here


@pytest.mark.parametrize("name", ["runtime", "dev", "build", "uv", "node"])
def test_every_locked_package_has_its_hash(name):
    lines = (ROOT / "requirements" / f"{name}.lock").read_text().replace("\\\n", " ").splitlines()
    packages = [line for line in lines if re.match(r"[a-z]", line)]

    assert packages
    assert [line for line in packages if "--hash=sha256:" not in line] == []


def test_everything_declared_is_locked():
    for kind in ("runtime", "dev", "build"):
        declared = (ROOT / "requirements" / f"{kind}.in").read_text().splitlines()
        lock = (ROOT / "requirements" / f"{kind}.lock").read_text()
        names = {re.split(r"[\[=<>; ]", line)[0].lower() for line in declared if line and line[0] not in "-#"}
        missing = {name for name in names if not re.search(rf"^{re.escape(name)}==", lock, re.MULTILINE)}
        assert missing == set(), kind


def test_the_locks_name_no_address_to_fetch_from():
    # A lock that names a registry would go there even where a mirror is set.
    for lock in sorted((ROOT / "requirements").glob("*.lock")):
        assert not re.search(r"https?://|file:///|--(index-url|find-links)", lock.read_text()), lock.name
    packages = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in packages


def test_pythons_own_platform_module_is_not_shadowed_by_our_folder():
    # In a process of its own, since in this one the module is loaded already.
    done = subprocess.run(
        [sys.executable, "-c", "import platform; print(platform.python_version(), platform.__file__)"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert not (ROOT / "platform" / "__init__.py").exists()
    assert done.returncode == 0, done.stderr
    assert str(ROOT / "platform") not in done.stdout


@pytest.mark.deployment
def test_the_wheel_brings_command_migrations_packs_and_assets(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (entry_points,) = [name for name in names if name.endswith("entry_points.txt")]
        (metadata,) = [name for name in names if name.endswith("/METADATA")]
        assert "zhitongche = zhitongche.cli.main:main" in archive.read(entry_points).decode()
        assert "Requires-Dist: flask==3.1.3" in archive.read(metadata).decode()

    packs = {path.name for path in (ROOT / "tenants").iterdir() if path.is_dir()}
    assert {f"zhitongche/_bundled/tenants/{pack}/pack.yaml" for pack in packs} <= names
    assert {
        "wsgi.py",
        "escalation/__init__.py",
        "zhitongche/_bundled/migrations/env.py",
        "zhitongche/webkit/static/vendor/bootstrap.min.css",
        "zhitongche/webkit/static/vendor/fonts/bootstrap-icons.woff2",
        "zhitongche/documents/fonts/NotoSerifSC-Regular.ttf",
        "zhitongche/documents/fonts/LXGWWenKai-Light.ttf",
        "zhitongche/documents/layouts/main.typ",
        "zhitongche/documents/sample_facts.yaml",
    } <= names
    assert not any("__pycache__" in name or name.startswith("tests/") for name in names)
