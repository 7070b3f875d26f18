from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import RFC_4122

from zhitongche.kernel import clock, ids

MOMENT = datetime(2026, 2, 13, 8, 0, 0, 123_000, tzinfo=UTC)


def test_an_id_is_a_uuid_of_version_seven_that_tells_the_moment() -> None:
    with clock.at(MOMENT):
        made = ids.new_id()
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == 1_770_969_600_123  # 2026-02-13T08:00:00.123Z


def test_ids_of_one_millisecond_differ_and_sort_as_made() -> None:
    with clock.at(MOMENT):
        made = [ids.new_id() for _ in range(5000)]
    assert made == sorted(set(made))


def test_ids_sort_by_their_moment() -> None:
    with clock.at(MOMENT) as simulated:
        late = ids.new_id()
        simulated.advance(timedelta(milliseconds=-1))
        early = ids.new_id()
    assert early < late


def test_ids_made_by_several_threads_at_once_differ() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: ids.new_id(), range(8000)))
    assert len(set(made)) == 8000
