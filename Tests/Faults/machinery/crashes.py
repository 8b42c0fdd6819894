"""Folders as they may be after the power failed during a publication; Heng is run on each."""

from __future__ import annotations

import hashlib

from .disk import Disk, after_power_cut, recorded
from .figures import Figure, Trial
from .folders import differences, renew, tree
from .kills import Scene, judge, scenes
from .kitchens import Kitchens
from .program import Fault


def crashes(trial: Trial, figure: Figure) -> None:
    """States of a first publication and of one that replaces another."""
    figure.start("states", must_be_none=("half states", "not healed"))
    states = [state for scene in scenes(trial) for state in legal(trial, scene)]
    trial.each(enumerate(states), lambda state: try_state(trial, figure, state[0], *state[1]))


def legal(trial: Trial, scene: Scene) -> list[tuple[Scene, str, Kitchens]]:
    """Different states, laid out each in a folder of its own."""
    place = scene.folder.copy(trial.place / f"record-{scene.name}")
    before = Disk(place.reports)
    record = renew(trial.place / f"recorded-{scene.name}")
    ended = trial.heng.run(*scene.command, cwd=place.place, record=record,
                           fault=Fault("", (place.reports,)))
    whole = before.copy()
    changes = recorded(record, whole)
    whole.lay(renew(trial.place / "replayed"), place.reports)
    if difference := differences(tree(trial.place / "replayed"), tree(place.reports)):
        raise SystemExit(f"faults: what was recorded is not all that was done ({ended.status}): "
                         + difference)
    chance = trial.random("crashes", scene.name)
    points = set(range(max(1, len(changes) - 90), len(changes) + 1, 6 if trial.quick else 1))
    points |= set(chance.sample(range(len(changes)), min(len(changes), 6 if trial.quick else 60)))
    seen: set[str] = set()
    states: list[tuple[Scene, str, Kitchens]] = []
    for at in sorted(points):
        for losing in ("all", "bytes", "some"):
            disk = after_power_cut(before.copy(), changes, at, losing, chance)
            mark = hashlib.sha256(repr(sorted(
                (name, disk.bytes.get(node, b"")) for name, node in disk.names.items())
            ).encode()).hexdigest()
            if mark in seen:
                continue
            seen.add(mark)
            laid = scene.folder.copy(trial.place / f"state-{scene.name}-{at}-{losing}")
            disk.lay(renew(laid.reports), place.reports)
            about = f"{scene.name} publication, power fails at change {at} of {len(changes)}, " + (
                f"lost: {losing}; before it: {changes[at - 1].kind} {changes[at - 1].path}")
            states.append((scene, about, laid))
    return states


def try_state(
    trial: Trial, figure: Figure, number: int, scene: Scene, about: str, place: Kitchens
) -> None:
    """One state, judged as what a kill leaves."""
    figure.count("states")
    judge(trial, figure, scene, number, about, place)
