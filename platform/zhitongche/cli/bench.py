"""`bench`: the benchmark scripts under tests/bench."""

from argparse import ArgumentParser, Namespace

from zhitongche.cli import checkout


def configure(parser: ArgumentParser) -> None:
    """Nothing of its own: the rest is the script's."""


def run(args: Namespace) -> int:
    """Run the benchmarks, which write docs/performance.md."""
    return checkout.tool("python", "-m", "tests.bench", *args.rest)
