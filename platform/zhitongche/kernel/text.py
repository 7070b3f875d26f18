"""Chinese text as it is compared, for search and for finding duplicates (重复件). Pure."""

import unicodedata
from collections.abc import Sequence
from itertools import groupby

from rapidfuzz import fuzz


def normalized(text: str) -> str:
    """The text as it is compared: NFKC, lower case, letters and digits only, one space between words.

    A search looks each of `words_of(query)` up in it, since pairs of characters alone also find
    texts that hold them scattered.
    """
    return " ".join(words_of(text))


def words_of(text: str) -> list[str]:
    """Unbroken runs of letters and digits, normalized; punctuation, marks and spaces part them."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return ["".join(run) for kept, run in groupby(folded, str.isalnum) if kept]


def similarity(first: str, second: str) -> float:
    """How alike two texts are, 0 to 1 (1: the same but for width, case, punctuation); 0 where either is empty."""
    one, other = "".join(words_of(first)), "".join(words_of(second))
    return fuzz.ratio(one, other) / 100 if one and other else 0.0


def alike(texts: Sequence[str], least: float) -> list[int]:
    """Which of the texts are alike: that to which most others are at least so similar (0 to 1), and these others; by place.

    All are like one of them, so that nobody has to wonder what two at the ends of a chain have in common. Fewer than two: empty.
    """
    bare = ["".join(words_of(text)) for text in texts]
    near: list[list[int]] = [[] for _ in bare]
    for one in range(len(bare)):
        for other in range(one + 1, len(bare)):
            if bare[one] and bare[other] and fuzz.ratio(bare[one], bare[other], score_cutoff=least * 100):
                near[one].append(other)
                near[other].append(one)
    centre = max(range(len(bare)), key=lambda place: (len(near[place]), -place), default=None)
    return sorted([centre, *near[centre]]) if centre is not None and near[centre] else []
