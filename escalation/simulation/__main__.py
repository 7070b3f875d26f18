"""`python -m escalation.simulation --seeds N --from S`: play schedules, print what broke with its seed."""

from __future__ import annotations

import argparse
import sys
import time

from escalation.simulation.schedule import run


def main() -> int:
    """Play them; 1 where a promise was broken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--from", dest="first", type=int, default=0)
    chosen = parser.parse_args()
    began, broken, messages = time.process_time(), 0, 0
    for seed in range(chosen.first, chosen.first + chosen.seeds):
        outcome = run(seed)
        messages += outcome.messages
        if outcome.faults:
            broken += 1
            print(f"seed {seed}:", *outcome.faults, sep="\n  ")  # noqa: T201
    seconds = time.process_time() - began
    print(f"{chosen.seeds} schedules, {broken} broken, {messages} messages, {60 * chosen.seeds / seconds:.0f} a minute")  # noqa: T201
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
