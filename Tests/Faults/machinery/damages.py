"""Damaged deliveries: each file's rows balance, and what was not damaged is as it was."""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

from .damage_kinds import KINDS
from .example import NAME, Example, encoding_of, make_example
from .figures import Figure, Trial
from .folders import leftovers
from .judge import ending, short, speech

Balances = dict[str, tuple[int, int, int, int]]


@dataclass(frozen=True)
class Whole:
    """The delivery as it is published undamaged."""

    balances: Balances
    scores: dict[str, tuple[str, str]]


def damages(trial: Trial, figure: Figure) -> None:
    """Every kind with several seeds, each on another file."""
    figure.start("tried", must_be_none=(
        "crashed or hung", "wrong message", "balances broken", "neighbours changed"))
    example = make_example(trial.place / "whole")
    publish(trial, example)
    whole = Whole(example.balances(), scores(example))
    seeds = 3 if trial.quick else 26
    cases = [(kind, seed) for seed in range(seeds) for kind in KINDS]
    trial.each(cases, lambda case: damage(trial, figure, whole, *case))


def publish(trial: Trial, example: Example):
    """Publishes a delivery of the example's name."""
    return trial.heng.run("run", f"inputs/{NAME}", "--reports", "reports", "--lang", "en",
                          cwd=example.place, timeout=60)


def scores(example: Example) -> dict[str, tuple[str, str]]:
    """Name and score of each subject under the rubric that measures a unit by itself."""
    path = example.published / "rankings/party-building.csv"
    with open(path, encoding="utf-8-sig", newline="") as file:
        return {row["subject"]: (row["name"], row["score"]) for row in csv.DictReader(file)}


def damage(trial: Trial, figure: Figure, whole: Whole, kind: str, seed: int) -> None:
    """One damaged file."""
    chance = trial.random("damages", kind, seed)
    example = make_example(trial.place / f"{kind}-{seed}".replace(" ", "-"))
    path = chance.choice(example.files())
    before = path.read_bytes()
    after = KINDS[kind](before, chance)
    path.write_bytes(after)
    name = str(path.relative_to(example.delivery))
    ended = publish(trial, example)
    figure.count("tried")
    about = f"{kind}, seed {trial.seed}:{seed}, {name}; {ended.told}"
    if fault := ending(ended):
        figure.fault("crashed or hung", about, fault)
    elif fault := speech(ended):
        figure.fault("wrong message", about, fault)
    if ended.status in (0, 3):
        for fault in unbalanced(example.balances(), whole.balances, name):
            figure.fault("balances broken", about, fault)
        for fault in neighbours(example, whole, name, before, after):
            figure.fault("neighbours changed", about, fault)
    elif ended.status > 0 and (example.published.exists() or leftovers(example.reports)):
        figure.fault("balances broken", about, f"exit {ended.status}, but something is published: "
                     + short(ended.said))
    shutil.rmtree(example.place, ignore_errors=True)


def unbalanced(found: Balances, whole: Balances, damaged: str) -> list[str]:
    """Files whose rows do not add up, and untouched ones that were read in another way."""
    faults = [f"{path}: read {read} is not accepted {taken} + quarantined {back} + superseded {lost}"
              for path, (read, taken, back, lost) in found.items() if read != taken + back + lost]
    for path, (read, taken, back, lost) in whole.items():
        # Rows may be the same as in the damaged file, or no longer: one of both counts.
        if path != damaged and path in found:
            now = found[path]
            if (now[0], now[2]) != (read, back):
                faults.append(f"{path}, which is not damaged: read {read}, quarantined {back} "
                              f"are now {now[0]}, {now[2]}")
        elif path != damaged:
            faults.append(f"{path}, which is not damaged, is not in the manifest")
    return faults


def neighbours(
    example: Example, whole: Whole, damaged: str, before: bytes, after: bytes
) -> list[str]:
    """Subjects of whom the damaged file says nothing, and whose score is another."""
    balance = example.balances().get(damaged)
    # Without any row of a kind, nobody's list of that kind is known.
    if not balance or balance[1] == 0:
        return []
    text = before.decode(encoding_of(before)) + after.decode("gb18030", "replace")
    text += after.decode("utf-8", "replace") + after.decode("utf-16-le", "replace")
    now = scores(example)
    return [f"{subject} {name}: score {score} is now {now.get(subject, ('', 'not there'))[1]}"
            for subject, (name, score) in whole.scores.items()
            if subject not in text and name not in text
            and now.get(subject, ("", None))[1] != score]
