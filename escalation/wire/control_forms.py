"""What the bridges say to each other, about no case's contents."""

from typing import Final

from escalation.wire.event import MAX_SEQUENCE
from escalation.wire.forms import Closed, Whole, coded, many, moment, one_of, part, sha256, uuid

_EPOCHS: Final = 10**15 - 1
BUCKETS: Final = 256
MAX_STREAMS: Final = 500
MAX_RUNS: Final = 50


class Receipt(Closed):
    """That this message, these bytes, came in; the receiver is who signs it. RFC 3339 times."""

    message = uuid()
    digest = sha256()
    sequence = Whole(MAX_SEQUENCE, least=1)
    epoch = Whole(_EPOCHS)
    received_at = moment()


class Bucket(Closed):
    """The streams whose subject begins with this byte, together; `mark` is the XOR of their fingerprints."""

    bucket = Whole(BUCKETS - 1)
    count = Whole()
    mark = coded(r"[0-9a-f]{16}", 16)


class Run(Closed):
    """How far the messages of one epoch are known: from `since` to `known` without a gap; `chain` rolls over their digests."""

    epoch = Whole(_EPOCHS)
    since = Whole(MAX_SEQUENCE, least=1)
    known = Whole(MAX_SEQUENCE)
    chain = sha256()


class Stream(Closed):
    """How far one stream is known."""

    subject = uuid()
    runs = many(part(Run), MAX_RUNS)


class Resync(Closed):
    """Comparison 对账: buckets first, then the streams of those that differ; and what is missing on one side."""

    step = one_of(("buckets", "streams", "again", "own", "answer"))
    request = uuid(optional=True)
    wanted = many(Whole(BUCKETS - 1), BUCKETS, optional=True)
    after = uuid(optional=True)
    more = Whole(1, optional=True)
    subject = uuid(optional=True)
    epoch = Whole(_EPOCHS, optional=True)
    sequence = Whole(MAX_SEQUENCE, least=1, optional=True)
    buckets = many(part(Bucket), BUCKETS, optional=True)
    streams = many(part(Stream), MAX_STREAMS, optional=True)


class Seal(Closed):
    """The root over the journal's entries since the last seal, kept by the receiver."""

    number = Whole(least=1)
    previous = sha256()
    root = sha256()
    entries = Whole()
    sealed_at = moment()
