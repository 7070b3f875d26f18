"""`lint`: everything that reads the code without running it."""

from argparse import ArgumentParser, Namespace

from zhitongche.cli import checkout

CHECKS = (
    ("ruff", "check", ".", "zhitongche"),
    ("mypy",),
    ("lint-imports", "--no-cache"),
)


def configure(parser: ArgumentParser) -> None:
    """Nothing of its own."""


def run(args: Namespace) -> int:
    """Run every check, also after one has failed."""
    failed = []
    for name, *arguments in CHECKS:
        print(f"▸ {name}", flush=True)
        if checkout.tool(name, *arguments):
            failed.append(name)
    print("✗ 未通过：" + "、".join(failed) if failed else "✓ 全部通过")
    return 1 if failed else 0
