"""What a tenant tells those above about its figures: sums of days, no case, no unit, no word."""

from typing import Final

from escalation.wire.forms import Closed, Whole, coded, day, many, moment, part, sha256

MAX_DAYS: Final = 366
_SUMS: Final = 512
_BUCKETS: Final = 256
_KIND: Final = r"~?[a-z][a-z0-9_]{0,39}"
_KEY: Final = r"[A-Za-z0-9_.-]{1,64}"
_MOST: Final = 10**9


class Count(Closed):
    """How many; of spans those in this bucket of working minutes."""

    bucket = Whole(1000, optional=True)
    n = Whole(_MOST, least=-_MOST)


class Sum(Closed):
    """What was counted, and under which key where it is divided by something; `~` before the kind: left out by decision."""

    kind = coded(_KIND, 41)
    key = coded(_KEY, 64, optional=True)
    counts = many(part(Count), _BUCKETS)


class Day(Closed):
    """A day in China, whole as it stands: what is not listed is nought."""

    day = day()
    sums = many(part(Sum), _SUMS)


class Figures(Closed):
    """Days whose sums changed; `definitions` is the digest of what they are counted by, the later `as_of` counts."""

    definitions = sha256()
    as_of = moment()
    days = many(part(Day), MAX_DAYS)
