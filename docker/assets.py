"""Copies the browser's files where the wheel takes them from, by the same table as ./zhitongche."""

import runpy
import shutil
from pathlib import Path

script = runpy.run_path(str(Path(__file__).resolve().parent.parent / "zhitongche"), run_name="setup")
script["copy_assets"]()
shutil.rmtree(script["ROOT"] / "node_modules")
