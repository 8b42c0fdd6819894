"""One delivery in other surroundings: the same bytes, and modes that keep strangers out."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

from .example import NAME, Example, make_example
from .figures import Figure, Trial
from .folders import differences, tree
from .judge import short


@dataclass(frozen=True)
class Surroundings:
    """What differs from the first run, and must make no difference."""

    name: str
    words: tuple[str, ...] = ()
    variables: dict[str, str] = field(default_factory=dict)
    umask: int = -1
    order: str = ""
    elsewhere: bool = False


VARIANTS = (
    *(Surroundings(f"{jobs} jobs", ("--jobs", str(jobs))) for jobs in (1, 2, 3, 7)),
    *(Surroundings(f"TZ {zone}", variables={"TZ": zone}) for zone in (
        "Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati", "nowhere")),
    *(Surroundings(f"LC_ALL {name}", variables={"LC_ALL": name, "LANG": name}) for name in (
        "C", "zh_CN.GB18030", "tr_TR.UTF-8", "de_DE.UTF-8")),
    *(Surroundings(f"umask {mask:03o}", umask=mask) for mask in (0o000, 0o022, 0o077)),
    *(Surroundings(f"copied {order}", order=order) for order in ("backwards", "shuffled")),
    Surroundings("files of another time", order="old"),
    Surroundings("another folder to start from", elsewhere=True),
    Surroundings("messages in English", ("--lang", "en")),
    Surroundings("LIBC malloc of one arena", variables={"MALLOC_ARENA_MAX": "1"}),
    Surroundings("another hash seed", variables={"SWIFT_DETERMINISTIC_HASHING": "1"}),
)


def determinism(trial: Trial, figure: Figure) -> None:
    """Each of the surroundings once."""
    figure.start("variants", must_be_none=("differences", "open to others"))
    first = make_example(trial.place / "first")
    ended = trial.heng.run("run", f"inputs/{NAME}", "--reports", "reports", cwd=first.place)
    whole = tree(first.published)
    if whole is None:
        raise SystemExit(f"faults: the example was not published: {ended.said}")

    def publish_in(variant: Surroundings) -> None:
        example = make_example(trial.place / variant.name.replace(" ", "-").replace("/", "-"))
        if variant.order:
            reorder(trial, example, variant.order)
        start = trial.place if variant.elsewhere else example.place
        place = f"{example.place.name}/" if variant.elsewhere else ""
        ended = trial.heng.run(
            "run", f"{place}inputs/{NAME}", "--reports", f"{place}reports", *variant.words,
            cwd=start, variables=variant.variables, umask=variant.umask)
        figure.count("variants")
        if difference := differences(tree(example.published), whole):
            figure.fault("differences", f"{variant.name}; {ended.told}",
                         difference + "; " + short(ended.said))
        if wide := open_to_others(example.reports):
            figure.fault("open to others", f"{variant.name}; {ended.told}", wide)
        shutil.rmtree(example.place, ignore_errors=True)

    trial.each(VARIANTS[::3] if trial.quick else VARIANTS, publish_in)


def reorder(trial: Trial, example: Example, order: str) -> None:
    """The same files, made in another order, or long ago."""
    if order == "old":
        for number, path in enumerate(example.files()):
            os.utime(path, (number * 86_400 + 1, time.time() + 86_400 * number))
        return
    kept = [(path, path.read_bytes()) for path in example.files()]
    for path, _ in kept:
        path.unlink()
    if order == "shuffled":
        trial.random("determinism").shuffle(kept)
    for path, data in reversed(kept):
        path.write_bytes(data)


def open_to_others(reports: Path) -> str:
    """Files that others than owner and group may read or change; empty if none."""
    wide = [f"{path.relative_to(reports.parent)} {path.stat().st_mode & 0o777:03o}"
            for path in [reports, *sorted(reports.rglob("*"))] if path.stat().st_mode & 0o027]
    return f"{len(wide)} files and folders, first {', '.join(wide[:3])}" if wide else ""
