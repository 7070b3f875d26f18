"""What must be in the database before anyone looks: the packs, and demonstration data where wanted."""

import argparse
import subprocess
import sys

from zhitongche.deployment import plan
from zhitongche.kernel.errors import ZhitongcheError
from zhitongche.kernel.settings import Settings


def furnish(settings: Settings, *, demo: bool) -> None:
    """Furnish the database of these settings; raises ZhitongcheError.

    In a process of its own: the application's memory would otherwise stay with the supervisor.
    """
    command = [sys.executable, "-m", "zhitongche.deployment.furnish", *(["--demo"] if demo else [])]
    if subprocess.run(command, env=plan.environment(settings), check=False).returncode:
        raise ZhitongcheError("数据准备未成功，原因见上。")


def main(argv: list[str]) -> int:
    """The process: packs, then demonstration data."""
    from zhitongche.app.factory import create_app
    from zhitongche.tenancy import packs, versions

    parser = argparse.ArgumentParser()
    parser.add_argument("--demo", action="store_true")
    demo = parser.parse_args(argv).demo
    try:
        settings = Settings.from_env()
        app = create_app(settings)
        with app.app_context():
            versions.sync(packs.of(settings))
        if demo:
            from zhitongche.simulation.demo import load

            load(app)
    except ZhitongcheError as error:
        print(f"✗ {error.message}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
