"""The one line that each part prints, and the file with every fault behind it."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Iterable, TypeVar

from .program import Heng

Case = TypeVar("Case")


@dataclass
class Trial:
    """What a part is given: the program, a place of its own, and how much to try."""

    heng: Heng
    place: Path
    seed: int
    quick: bool
    jobs: int
    until: float | None = None  # No case is begun after it.
    left_out: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def random(self, *salt: object) -> random.Random:
        """Chance that is the same for the same seed and salt."""
        return random.Random(":".join(str(part) for part in (self.seed, *salt)))

    def each(
        self, cases: Iterable[Case], judge: Callable[[Case], None], at_once: int | None = None
    ) -> None:
        """Judges all cases, or those that there is time for: then a sample from all over."""
        chosen = list(cases)
        if self.until is not None:
            self.random("order").shuffle(chosen)

        def in_time(place: int, case: Case) -> None:
            # Two in any case: what a machine is too slow for must not look like what was tried.
            if self.until is None or place < 2 or time.monotonic() < self.until:
                judge(case)
            else:
                with self.lock:
                    self.left_out += 1

        with ThreadPoolExecutor(at_once or self.jobs) as pool:
            list(pool.map(in_time, range(len(chosen)), chosen))


@dataclass
class Figure:
    """Counts of one part; those in `bad` must be 0."""

    name: str
    details: Path
    counts: dict[str, int] = field(default_factory=dict)
    bad: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, *tried: str, must_be_none: tuple[str, ...]) -> "Figure":
        """Names the counts in the order in which they are printed."""
        self.counts = dict.fromkeys((*tried, *must_be_none), 0)
        self.bad = set(must_be_none)
        self.details.parent.mkdir(parents=True, exist_ok=True)
        self.details.write_text("")
        return self

    def count(self, kind: str, by: int = 1) -> None:
        """One more that was tried."""
        with self.lock:
            self.counts[kind] += by

    def fault(self, kind: str, case: str, what: str) -> None:
        """One more that must not be, written down so that it can be repeated."""
        with self.lock:
            self.counts[kind] += 1
            with open(self.details, "a", encoding="utf-8") as file:
                file.write(f"{kind}\n  case: {case}\n  what: {what.strip()}\n\n")

    @property
    def is_clean(self) -> bool:
        """Whether all that must be 0 is 0."""
        return all(self.counts[kind] == 0 for kind in self.bad)

    @property
    def line(self) -> str:
        """The figure as it is printed."""
        counts = ", ".join(f"{kind} {count}" for kind, count in self.counts.items())
        return f"{self.name}: {counts}"
