"""Numbers and names planted everywhere; none may come out anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from .example import INPUTS, NAME, Example, make_example
from .figures import Figure, Trial
from .folders import renew
from .judge import short
from .numbers import WRITINGS, Canaries
from .planting import Plant, broken, cells, headers, names, sheets
from .program import Fault, Outcome
from .workbooks import texts_of

NUMBERS = (*WRITINGS, "old", "old as registration number")
SUBJECTS = ("91410305PDY9000185", "HX2018-001")


@dataclass
class Search:
    """What of one scene's canaries was seen, and in which outputs."""

    canaries: Canaries = field(default_factory=Canaries)
    seen: dict[str, set[str]] = field(default_factory=dict)

    def look(self, where: str, data: bytes) -> None:
        """Searches one output, packed or not."""
        for name in self.canaries.found(texts_of(data)):
            self.seen.setdefault(name, set()).add(where)

    def look_in(self, folder: Path, called: str) -> None:
        """Searches every file of a folder, and their names."""
        for path in sorted(folder.rglob("*")):
            place = f"{called}/{path.relative_to(folder)}"
            self.look(f"the name {called}/…", path.name.encode())
            if path.is_file():
                self.look(place, path.read_bytes())


def canaries(trial: Trial, figure: Figure) -> None:
    """Every place with every way of writing."""
    figure.start("planted", must_be_none=("found", "scenes not run"))
    kinds = ("plain", "chinese", "old as registration number") if trial.quick else NUMBERS
    scenes: list[tuple[str, Plant]] = [
        *((kind, plant) for plant in (cells, headers, names, sheets, broken) for kind in kinds),
        *((kind, cells) for kind in ("phone", "head"))]
    trial.each(enumerate(scenes), lambda case: scene(trial, figure, case[0] * 2000, *case[1]))
    arguments(trial, figure)


def scene(trial: Trial, figure: Figure, first: int, kind: str, plant: Plant) -> None:
    """One delivery with its canaries: run, and every command that tells of it."""
    name = f"{plant.__name__}-{kind}".replace(" ", "-")
    example = make_example(trial.place / name)
    search = Search(Canaries(made=first))
    plant(example, search.canaries, kind)
    out = renew(example.place / "out")
    delivery = f"inputs/{NAME}"
    published = ("--reports", "reports", "--lang", "en")
    commands: list[tuple[str, ...]] = [("check", delivery, "--lang", "zh")]
    if plant is not broken and publishes(trial, figure, example, search, name):
        commands += [
            ("workbook", NAME, "--reports", "reports", "--output", "out/all.xlsx"),
            ("letters", NAME, "--rubric", "party-building", "--annex", "--out", "out/l.html",
             *published),
            *(("disclose", NAME, subject, *published) for subject in SUBJECTS),
            *(("explain", NAME, subject, *published) for subject in SUBJECTS),
            ("history", SUBJECTS[0], *published), ("purge", *published)]
    else:
        commands.append(("run", delivery, *published))
    commands.append(("rules", "draft", delivery, "--out", "out/draft"))
    for words in commands:
        watched(trial, example, search, words)
    search.look_in(example.reports, "reports")
    search.look_in(out, "out")
    tell(figure, search)


def publishes(
    trial: Trial, figure: Figure, example: Example, search: Search, name: str
) -> bool:
    """Runs the delivery; once more without the corrections where it is not published."""
    words = ("run", f"inputs/{NAME}", "--reports", "reports", "--lang", "en")
    ended = watched(trial, example, search, words)
    if ended.status in (0, 3):
        return True
    figure.fault("scenes not run", name, f"{ended.told} in {example.place} ends with "
                 f"{ended.status}: {short(ended.said)}")
    source = INPUTS / NAME / "corrections"
    renew(example.delivery / "corrections", source)
    return watched(trial, example, search, words).status in (0, 3)


def watched(trial: Trial, example: Example, search: Search, words: tuple[str, ...]) -> Outcome:
    """Runs a command and searches all that it says, and all that it writes anywhere."""
    record = example.place / "record"
    # Everything is recorded: temporary files and the ledger's journal as well.
    ended = trial.heng.run(
        *words, cwd=example.place, quiet_crash=False, timeout=300, record=record,
        fault=Fault("fsync", (Path("/"),)), variables={"TMPDIR": str(example.place / "out")})
    search.look(f"stdout of {words[0]}", ended.stdout)
    search.look(f"stderr of {words[0]}", ended.stderr)
    if words[0] in ("run", "rules"):
        search.look(f"what {words[0]} writes anywhere", (record / "bytes.bin").read_bytes())
    return ended


def arguments(trial: Trial, figure: Figure) -> None:
    """Numbers in arguments and in paths that lead nowhere."""
    example = make_example(trial.place / "arguments")
    trial.heng.run("run", f"inputs/{NAME}", "--reports", "reports", cwd=example.place)
    search = Search(Canaries(made=900_000))
    for kind in NUMBERS:
        for words in (
            ("run", "{}"), ("check", "inputs/{}"), ("explain", NAME, "{}"), ("explain", "{}", "x"),
            ("history", "{}"), ("disclose", NAME, "{}"), ("verify", "{}"), ("compare", NAME, "{}"),
            ("rules", "check", "{}"), ("rules", "draft", "{}.csv"), ("workbook", "{}"),
            ("letters", NAME, "--rubric", "{}"),
        ):
            number = search.canaries.plant(kind, f"the argument of heng {' '.join(words)}")
            ended = trial.heng.run(
                *(word.replace("{}", number) for word in words),
                *(() if words[0] in ("rules", "check") else ("--reports", "reports")),
                cwd=example.place)
            search.look("stdout", ended.stdout)
            search.look("stderr", ended.stderr)
    tell(figure, search)


def tell(figure: Figure, search: Search) -> None:
    """Counts a scene's canaries, and writes down each that was seen."""
    figure.count("planted", len(search.canaries.where))
    for number in sorted(search.seen):
        where = sorted(search.seen[number])
        more = f" and {len(where) - 8} more" if len(where) > 8 else ""
        figure.fault("found", f"{number} ({search.canaries.where[number]})",
                     "in " + "; ".join(where[:8]) + more)
