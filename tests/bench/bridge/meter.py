"""Where the time goes: exclusive time of named parts, on either side of the bridge, and the statements of each part."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, event

OTHER = "其余"
Part = tuple[str, str]
"""Side and name of the part."""


@dataclass
class Meter:
    """Seconds by clock and of processor, and SQL statements, by side and part; what a part calls that has a name is not its own."""

    wall: dict[Part, float] = field(default_factory=lambda: defaultdict(float))
    cpu: dict[Part, float] = field(default_factory=lambda: defaultdict(float))
    statements: Counter[Part] = field(default_factory=Counter)
    side: str = "发"
    _stack: list[str] = field(default_factory=lambda: [OTHER])
    _mark: tuple[float, float] = (0.0, 0.0)

    def start(self) -> None:
        """Begin counting."""
        self._mark = time.perf_counter(), time.thread_time()

    def _charge(self) -> None:
        wall, cpu = time.perf_counter(), time.thread_time()
        part = self.side, self._stack[-1]
        self.wall[part] += wall - self._mark[0]
        self.cpu[part] += cpu - self._mark[1]
        self._mark = wall, cpu

    @contextmanager
    def part(self, name: str, side: str | None = None) -> Iterator[None]:
        """Charge what happens to this part."""
        self._charge()
        before, self.side = self.side, side or self.side
        self._stack.append(name)
        try:
            yield
        finally:
            self._charge()
            self._stack.pop()
            self.side = before

    def within(self, *names: str) -> bool:
        """Whether one of these parts is being done."""
        return any(name in self._stack for name in names)

    def wrapped(self, act: Callable[..., Any], name: str, side: str | None) -> Callable[..., Any]:
        """The function, charged to the part."""

        @wraps(act)
        def measured(*args: Any, **named: Any) -> Any:
            with self.part(name, side):
                return act(*args, **named)

        return measured


@contextmanager
def metered(engine: Engine, wanted: list[tuple[Any, str, str, str | None]]) -> Iterator[Meter]:
    """Measure these functions (owner, attribute, part, side) and the database until the block ends."""
    meter = Meter()
    with ExitStack() as undo:
        for owner, attribute, name, side in wanted:
            undo.enter_context(patch.object(owner, attribute, meter.wrapped(getattr(owner, attribute), name, side)))
        undo.enter_context(patch.object(engine.dialect, "do_commit", meter.wrapped(engine.dialect.do_commit, "提交", None)))
        undo.enter_context(_statements(engine, meter))
        meter.start()
        yield meter
        meter._charge()


@contextmanager
def _statements(engine: Engine, meter: Meter) -> Iterator[None]:
    open_parts: list[Any] = []

    def before(*_: object) -> None:
        name = "SQL：业务" if meter.within("业务") else "SQL：账本" if meter.within("账本") else "SQL：事务开头与保存点"
        open_parts.append(meter.part(name))
        open_parts[-1].__enter__()
        meter.statements[meter.side, name] += 1

    def after(*_: object) -> None:
        open_parts.pop().__exit__(None, None, None)

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", before)
        event.remove(engine, "after_cursor_execute", after)
