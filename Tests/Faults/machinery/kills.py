"""A publication that is killed at every call by which it changes the folder of reports."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from pathlib import Path

from .figures import Figure, Trial
from .folders import Tree, differences, leftovers, tree
from .judge import ending, short, speech
from .kitchens import Kitchens, make_kitchens
from .program import Fault, Outcome

CHANGING = "open,write,fsync,rename,unlink,mkdir,ftruncate,close"
# From the rename on a run is decided, and its calls are few: all of them are tried.
LAST = 160


@dataclass(frozen=True)
class Scene:
    """A publication to be killed: what stands before it, and what may stand after."""

    name: str
    folder: Kitchens
    command: tuple[str, ...]
    old: Tree | None
    new: Tree
    calls: int


def kills(trial: Trial, figure: Figure) -> None:
    """First publication and re-publication with changed rows; each killed at sampled calls."""
    figure.start("tried", must_be_none=("half states", "not healed"))
    cases: list[tuple[Scene, int]] = []
    for scene in scenes(trial):
        few = 12 if trial.quick else 110
        last = range(max(1, scene.calls - (30 if trial.quick else LAST)), scene.calls + 1)
        before = trial.random("kills", scene.name).sample(
            range(1, last.start), min(few, last.start - 1))
        points = sorted({*before, *last[:: 3 if trial.quick else 1]})
        cases += [(scene, point) for point in points]
    trial.each(enumerate(cases), lambda case: kill(trial, figure, case[0], *case[1]))


def scenes(trial: Trial) -> list[Scene]:
    """Both publications, done once without a fault."""
    made = []
    for name in ("first", "again"):
        base = make_kitchens(trial.place / f"kills-{name}")
        if name == "again":
            publish(trial, base, base.feed)
        delivery = base.feed if name == "first" else base.again
        command = ("run", str(delivery.relative_to(base.place)), "--reports", "reports",
                   "--lang", "en", "--jobs", "2")
        whole = base.copy(trial.place / f"kills-{name}-whole")
        counted = trial.heng.run(*command, cwd=whole.place, fault=watching(whole))
        new = tree(whole.reports / "feed")
        if counted.status != 0 or new is None:
            raise SystemExit(f"faults: the small delivery was not published: {counted.said}")
        made.append(
            Scene(name, base, command, tree(base.reports / "feed"), new, counted.counted))
    return made


def publish(trial: Trial, kitchens: Kitchens, delivery: Path) -> Outcome:
    """Publishes without a fault."""
    return trial.heng.run(
        "run", str(delivery.relative_to(kitchens.place)), "--reports", "reports", "--lang", "en",
        cwd=kitchens.place)


def watching(kitchens: Kitchens, at: int = 0) -> Fault:
    return Fault(CHANGING, (kitchens.reports,), at=at, then="kill")


def kill(trial: Trial, figure: Figure, number: int, scene: Scene, at: int) -> None:
    """One kill, the state that it leaves, and the command after it."""
    place = scene.folder.copy(trial.place / f"kills-{scene.name}-{number}")
    killed = trial.heng.run(*scene.command, cwd=place.place, fault=watching(place, at))
    if killed.status != -signal.SIGKILL:
        return  # Threads met in another order, and it ended before its n-th call.
    figure.count("tried")
    case = f"{scene.name} publication, call {at} of {scene.calls}; {killed.told}"
    judge(trial, figure, scene, number, case, place)


def judge(
    trial: Trial, figure: Figure, scene: Scene, number: int, case: str, place: Kitchens
) -> None:
    """The earlier state whole or the new one whole, and the next command heals."""
    stands = tree(place.reports / "feed")
    if stands not in (scene.old, scene.new):
        figure.fault("half states", case, "differs from the new state in "
                     + differences(stands, scene.new))
    if faults := heal(trial, scene, place, number):
        figure.fault("not healed", case, "\n        ".join(faults))
    renew_quietly(place)


def heal(trial: Trial, scene: Scene, place: Kitchens, number: int) -> list[str]:
    """What is wrong after the next command of any kind, and after the next run."""
    faults = []
    commands = [("history", "K01"), ("verify", "feed"), ("explain", "feed", "K01"), ("purge",)]
    words = commands[number % len(commands)]
    first = trial.heng.run(*words, "--reports", "reports", "--lang", "en", cwd=place.place)
    faults += [f"then {' '.join(words)}: {fault}"
               for fault in (ending(first), speech(first, names_path=words[0] != "history")) if fault]
    stands = tree(place.reports / "feed")
    if stands not in (scene.old, scene.new):
        faults.append(f"after {' '.join(words)} reports/feed is neither the old nor the new one")
    verified = trial.heng.run(
        "verify", "feed", "--reports", "reports", "--lang", "en", cwd=place.place)
    # There is nothing to verify where the first publication never came to be.
    if verified.status != 0 and not (stands is None and verified.status in (1, 2)):
        faults.append(f"after {' '.join(words)} verify is {verified.status}: "
                      + short(verified.stdout.decode() + verified.said))
    again = trial.heng.run(*scene.command, cwd=place.place)
    if again.status != 0:
        faults.append(f"the next run ends with {again.status}: {short(again.said)}")
    if difference := differences(tree(place.reports / "feed"), scene.new):
        faults.append(f"the next run's reports differ: {difference}")
    if left := leftovers(place.reports):
        faults.append(f"left after the next run: {', '.join(left)}")
    last = trial.heng.run(
        "verify", "feed", "--reports", "reports", "--lang", "en", cwd=place.place)
    if last.status != 0:
        faults.append(f"verify after the next run is {last.status}: "
                      + short(last.stdout.decode() + last.said))
    return faults


def renew_quietly(place: Kitchens) -> None:
    """Frees the disk: hundreds of copies are made."""
    import shutil

    shutil.rmtree(place.place, ignore_errors=True)
