"""Every bomb: how long and how large the program gets, and what it says."""

from __future__ import annotations

import shutil

from .bomb_makers import BOMBS, Bomb
from .figures import Figure, Trial
from .judge import ending, short, speech
from .kitchens import Kitchens, make_kitchens

# A refusal has at most a hundred faults of a kind and the count of the rest.
MOST_LINES = 400


def bombs(trial: Trial, figure: Figure) -> None:
    """One after another: each is to have the machine to itself."""
    figure.start("tried", must_be_none=("over the stated bound", "crashed or hung", "wrong message"))
    base = make_kitchens(trial.place / "bombs")
    trial.each(BOMBS, lambda bomb: drop(trial, figure, bomb, base.copy(trial.place / "bomb")),
               at_once=1)


def drop(trial: Trial, figure: Figure, bomb: Bomb, place: Kitchens) -> None:
    """One bomb; bounds are of its full size, which a quick one must keep all the more."""
    size = bomb.quick if trial.quick else bomb.size
    bomb.make(place, size)
    # Nothing here may take a machine down with it.
    ended = trial.heng.run(
        *bomb.command, cwd=place.place, timeout=bomb.seconds * 3, memory=12 << 30)
    shutil.rmtree(place.place, ignore_errors=True)
    figure.count("tried")
    measured = f"{ended.seconds:.1f} s of {bomb.seconds:.0f}, {ended.megabytes:.0f} MB of {bomb.megabytes:.0f}"
    about = f"{bomb.name} ({size}); {ended.told}"
    if fault := ending(ended, (0, 1, 2, 3)):
        figure.fault("crashed or hung", about, f"{measured}; {fault}")
    elif ended.seconds > bomb.seconds or ended.megabytes > bomb.megabytes:
        figure.fault("over the stated bound", about, f"{measured}; {short(ended.said)}")
    elif fault := speech(ended):
        figure.fault("wrong message", about, fault)
    elif (lines := ended.said.count("\n") + ended.stdout.count(b"\n")) > MOST_LINES:
        figure.fault("wrong message", about, f"{lines} lines; {short(ended.said)}")
