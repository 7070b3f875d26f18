"""Words that only make sense in a checkout of the sources."""

import subprocess
import sys
from pathlib import Path

import zhitongche
from zhitongche.kernel.errors import ZhitongcheError


def root() -> Path:
    """The checkout's root; raises ZhitongcheError where this is an installed wheel."""
    (package,) = zhitongche.__path__
    folder = Path(package).parents[1]
    if not (folder / "tests").is_dir():
        raise ZhitongcheError("这一命令需要源代码，请在代码仓库中运行 ./zhitongche。")
    return folder


def tool(name: str, *arguments: str) -> int:
    """Run a program of our own environment in the root; its exit status."""
    program = Path(sys.executable).parent / name
    return subprocess.run([str(program), *arguments], cwd=root(), check=False).returncode
