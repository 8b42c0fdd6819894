#!/usr/bin/env python3
"""Puts Heng under faults from outside and prints a figure for each kind; see README.md."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Callable

from machinery.bombs import bombs
from machinery.calls import calls
from machinery.canaries import canaries
from machinery.crashes import crashes
from machinery.damages import damages
from machinery.determinism import determinism
from machinery.figures import Figure, Trial
from machinery.fuzz import fuzz
from machinery.kills import kills
from machinery.memory import memory
from machinery.program import PROJECT, Heng
from machinery.races import races

PARTS: dict[str, Callable[[Trial, Figure], None]] = {
    "kills": kills,
    "calls": calls,
    "crashes": crashes,
    "damages": damages,
    "bombs": bombs,
    "canaries": canaries,
    "races": races,
    "determinism": determinism,
    "memory": memory,
    "fuzz": fuzz,
}


def in_memory() -> str | None:
    """Where waiting for the disk costs nothing, if there is room: thousands of runs sync files."""
    folder = "/dev/shm"
    enough = os.path.isdir(folder) and shutil.disk_usage(folder).free > 4 << 30
    return folder if enough else None


def main() -> int:
    """Runs the parts that were asked for; 1 where a figure that must be 0 is not."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("part", choices=[*PARTS, "all"], nargs="+")
    reading.add_argument("--seed", type=int, default=1, help="another seed tries other places")
    reading.add_argument("--quick", action="store_true", help="a sample of each part, in minutes")
    reading.add_argument(
        "--minutes", type=float, help="begin no case of a part after so long, and tell how many")
    reading.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="cases at once")
    reading.add_argument(
        "--heng", type=Path, default=PROJECT / ".build/release/heng", help="the executable")
    reading.add_argument("--place", type=Path, help="where to work and leave the details")
    asked = reading.parse_args()
    if asked.part != ["fuzz"] and not asked.heng.exists():
        print(f"faults: {asked.heng}: not there; build it with “make build”", file=sys.stderr)
        return 2
    place = (asked.place or Path(tempfile.mkdtemp(prefix="heng-faults-", dir=in_memory()))).resolve()
    heng = Heng(asked.heng.resolve(), place / "scratch")
    is_clean = True
    for name in PARTS if "all" in asked.part else dict.fromkeys(asked.part):
        figure = Figure(name, place / "details" / f"{name}.txt")
        began = time.monotonic()
        work = place / name
        work.mkdir(parents=True, exist_ok=True)
        until = began + 60 * asked.minutes if asked.minutes else None
        trial = Trial(heng, work, asked.seed, asked.quick, asked.jobs, until)
        PARTS[name](trial, figure)
        print(figure.line + (f", left out {trial.left_out}" if until else ""), flush=True)
        took = time.monotonic() - began
        where = "" if figure.is_clean else f"; what failed is told in {figure.details}"
        print(f"{name} took {took:.0f} s{where}", file=sys.stderr, flush=True)
        is_clean = is_clean and figure.is_clean
    return 0 if is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
