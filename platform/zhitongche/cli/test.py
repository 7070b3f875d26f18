"""`test`: every test."""

from argparse import ArgumentParser, Namespace

from zhitongche.cli import checkout


def configure(parser: ArgumentParser) -> None:
    """Nothing of its own: the rest is pytest's."""


def run(args: Namespace) -> int:
    """Run pytest over two processes; a file stays in one, since its fixtures may start a whole product.

    In the order of `tests/conftest.py`: xdist would begin with the files of the most tests, and the longest have few.
    """
    return checkout.tool("pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", *args.rest)
