"""Whether a command ended and spoke as it should, whatever happened to it."""

from __future__ import annotations

import re

from .program import Outcome

# Words of the parts that Heng is made of, which say nothing to whoever runs it.
FOREIGN = re.compile(
    r"SQLite error|\bSQL\b|sqlite3|GRDB|DatabaseError|PRAGMA|INSERT INTO|SELECT \S+ FROM|CREATE TABLE"
    r"|Error Domain|NSCocoa|NSPOSIX|CocoaError|POSIXError|UserInfo="
    r"|Fatal error|Crash:|Backtrace|Thread \d+ .*crashed|Swift/|\.swift:\d+"
    r"|libxlsxwriter|lxw_|\[ERROR\]|\[WARNING\]|The operation could not be completed"
    r"|Optional\(|Swift\.|Foundation\.|terminate called|std::|double free|Assertion")

DENIAL = re.compile(r"nothing was published|earlier reports are as they were|报告未能发布|原有报告未改动")
ABSENT = re.compile(r"no such file|not found|does not exist|there is no|没有这个|不存在|找不到", re.I)
PATH = re.compile(r"/|\.\w{2,6}\b")


def ending(outcome: Outcome, allowed: tuple[int, ...] = (0, 1, 2, 3)) -> str:
    """What is wrong with how a command ended; empty if nothing."""
    if outcome.timed_out:
        return f"hung: ended after {outcome.seconds:.0f} s"
    if outcome.status < 0:
        return f"died of signal {-outcome.status}: {short(outcome.said)}"
    if outcome.status not in allowed:
        return f"exit status {outcome.status}, may be {allowed}: {short(outcome.said)}"
    return ""


def speech(outcome: Outcome, names_path: bool = True) -> str:
    """What is wrong with what a command said; empty if nothing."""
    if found := FOREIGN.search(outcome.said):
        return f"“{found.group()}” in: {short(outcome.said)}"
    if outcome.status in (1, 2):
        if not outcome.said.strip():
            # `verify` tells its differences where results are told.
            return "" if outcome.stdout.strip() else f"exit status {outcome.status} without a word"
        if names_path and not PATH.search(outcome.said):
            return f"no path in: {short(outcome.said)}"
    return ""


def short(text: str, most: int = 300) -> str:
    """The beginning of a text, on one line."""
    line = " ⏎ ".join(text.strip().splitlines())
    return line if len(line) <= most else line[:most] + "…"
