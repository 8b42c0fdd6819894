"""System calls that fail: every command, every kind of call, every error."""

from __future__ import annotations

import errno
import shutil
from dataclasses import dataclass
from pathlib import Path

from .figures import Figure, Trial
from .folders import Tree, differences, leftovers, tree
from .judge import ABSENT, DENIAL, ending, short, speech
from .kitchens import Kitchens, make_kitchens
from .program import Fault, Outcome

PUBLISHED = ("--reports", "reports", "--lang", "en")
ERRORS: dict[str, tuple[int, ...]] = {
    "open": (errno.EIO, errno.EACCES, errno.EMFILE, errno.ENOSPC, errno.EINTR),
    "read": (errno.EIO, errno.EINTR),
    "write": (errno.EIO, errno.ENOSPC, errno.EINTR),
    "fsync": (errno.EIO, errno.ENOSPC, errno.EINTR),
    "rename": (errno.EIO, errno.ENOSPC, errno.EACCES),
    "unlink": (errno.EIO, errno.EACCES),
    "mkdir": (errno.EIO, errno.ENOSPC, errno.EACCES),
    "close": (errno.EIO,),
    "stat": (errno.EIO, errno.EACCES),
    "access": (errno.EIO, errno.EACCES),
    "readdir": (errno.EIO, errno.EACCES),
    "mmap": (errno.EIO, errno.ENOMEM),
    "ftruncate": (errno.EIO, errno.ENOSPC),
    "lock": (errno.EIO, errno.EINTR),
    "chmod": (errno.EIO, errno.EACCES),
}


@dataclass(frozen=True)
class Command:
    """A command to be disturbed, and what it leaves and says when nothing disturbs it."""

    name: str
    words: tuple[str, ...]
    base: Kitchens
    before: Tree
    after: Tree
    stdout: bytes


@dataclass(frozen=True)
class Case:
    """One call that fails or is cut short."""

    command: Command
    calls: str
    at: int
    of: int
    error: int
    lasting: bool

    @property
    def fault(self) -> tuple[str, int]:
        return ("short", 0) if self.error == 0 else ("errno", self.error)


COMMANDS: dict[str, tuple[str, ...]] = {
    "run": ("run", "inputs/again", *PUBLISHED),
    "run-first": ("run", "inputs/again", "--reports", "new", "--lang", "en"),
    "check": ("check", "inputs/again", "--lang", "en"),
    "explain": ("explain", "feed", "K01", *PUBLISHED),
    "explain-html": ("explain", "feed", "K01", "--html", "out/k.html", *PUBLISHED),
    "verify": ("verify", "feed", *PUBLISHED),
    "history": ("history", "K01", *PUBLISHED),
    "workbook": ("workbook", "feed", "--output", "out/all.xlsx", *PUBLISHED),
    "letters": ("letters", "feed", "--rubric", "hygiene", "--out", "out/l.html", *PUBLISHED),
    "letters-folder": ("letters", "feed", "--rubric", "hygiene", "--out", "out/l", *PUBLISHED),
    "compare": ("compare", "feed", "later", "--html", "out/c.html", "--csv", "out/c.csv",
                "--xlsx", "out/c.xlsx", *PUBLISHED),
    "disclose": ("disclose", "feed", "K01", *PUBLISHED),
    "rules-check": ("rules", "check", "inputs/rules/kitchens", "--lang", "en"),
    "rules-show": ("rules", "show", "inputs/rules/kitchens", "--html", "out/r.html",
                   "--xlsx", "out/r.xlsx", "--lang", "en"),
    "rules-forms": ("rules", "forms", "inputs/rules/kitchens", "--out", "out/f", "--lang", "en"),
    "rules-draft": ("rules", "draft", "inputs/feed", "--out", "out/d", "--lang", "en"),
    "ledger-check": ("ledger", "check", *PUBLISHED),
    "purge": ("purge", "--yes", "--as-of", "2031-01-01", *PUBLISHED),
}

# These write files that were asked for one by one: each is whole or not there, for itself.
SEVERAL = ("compare", "rules-show")


def calls(trial: Trial, figure: Figure) -> None:
    """The matrix of commands, calls and errors, at sampled places."""
    figure.start("tried", must_be_none=("wrong status", "wrong message", "half states", "not healed"))
    base = make_kitchens(trial.place / "calls")
    for delivery in (base.feed, base.later):
        trial.heng.run("run", str(delivery.relative_to(base.place)), *PUBLISHED, cwd=base.place)
    commands = [command for name in COMMANDS if (command := undisturbed(trial, base, name))]
    cases = [case for command in commands for case in chosen(trial, command)]
    trial.each(enumerate(cases), lambda case: disturb(trial, figure, *case))
    for command in commands:
        full(trial, figure, command)


def undisturbed(trial: Trial, base: Kitchens, name: str) -> Command | None:
    """A command as it should be; nil where the program does not have it."""
    place = base.copy(trial.place / f"calls-{name}")
    ended = trial.heng.run(*COMMANDS[name], cwd=place.place)
    if name == "ledger-check" and ended.status in (2, 64):
        return None
    if ended.status != 0:
        raise SystemExit(f"faults: undisturbed, {ended.told} ends with {ended.status}: {ended.said}")
    before, after = tree(base.place), tree(place.place)
    assert before is not None and after is not None
    return Command(name, COMMANDS[name], base, before, after, ended.stdout)


def chosen(trial: Trial, command: Command) -> list[Case]:
    """Places at which each kind of call fails: the first, the last, and some between."""
    chance = trial.random("calls", command.name)
    few = 0 if trial.quick else 4
    cases = []
    for calls, errors in ERRORS.items():
        place = command.base.copy(trial.place / f"calls-{command.name}")
        of = trial.heng.run(
            *command.words, cwd=place.place, fault=Fault(calls, (place.place,))).counted
        for error in (*errors, *((0,) if calls in ("read", "write") else ())):
            points = {of, *chance.sample(range(1, of), min(few, of - 1))} if of else set()
            if of:
                points.add(chance.randint(1, of) if trial.quick else 1)
            cases += [Case(command, calls, at, of, error, False) for at in sorted(points)]
            if error == errno.ENOSPC and of > 1:
                cases.append(Case(command, calls, chance.randrange(1, of), of, error, True))
    return cases


def disturb(trial: Trial, figure: Figure, number: int, case: Case) -> None:
    """One failing call."""
    place = case.command.base.copy(trial.place / f"case-{number}")
    then, error = case.fault
    ended = trial.heng.run(*case.command.words, cwd=place.place, timeout=60, fault=Fault(
        case.calls, (place.place,), case.at, then, error, case.lasting))
    if ended.faulted:
        figure.count("tried")
        about = f"{case.command.name}, call {case.at} of {case.of}" + (
            " and all after it" if case.lasting else "") + f"; {ended.told}"
        judge(trial, figure, case, place, ended, about)
    shutil.rmtree(place.place, ignore_errors=True)


def judge(
    trial: Trial, figure: Figure, case: Case, place: Kitchens, ended: Outcome, about: str
) -> None:
    """Status true, message true, the earlier state whole or the new one whole."""
    command = case.command
    stands = tree(place.place)
    if ended.status == 0 and ".partial" in ended.said:
        # Published, and it says that the reports before could not be removed: the next run does.
        stands = {path: digest for path, digest in (stands or {}).items() if ".partial/" not in path}
    is_new = outside_ledger(stands) == outside_ledger(command.after)
    is_old = outside_ledger(stands) == outside_ledger(command.before)
    if fault := ending(ended, (0, 1, 2)):
        figure.fault("wrong status", about, fault)
    elif ended.status == 0 and not is_new:
        figure.fault("wrong status", about, "exit 0, but other than it should be: " + differences(
            outside_ledger(stands), outside_ledger(command.after)) + "; " + short(ended.said))
    elif ended.status == 0 and told(ended.stdout) != told(command.stdout):
        figure.fault("wrong status", about, "exit 0, but what it says is not what it says else: "
                     + short(ended.said + ended.stdout.decode("utf-8", "replace")))
    elif ended.status != 0 and case.error in (errno.EINTR, 0) and not given_up(case, ended):
        figure.fault("wrong status", about, f"was to try again, but ends with {ended.status}: "
                     + short(ended.said))
    if fault := speech(ended):
        figure.fault("wrong message", about, fault)
    elif ended.status and DENIAL.search(ended.said) and is_new and not is_old:
        figure.fault("wrong message", about, "the new report stands: " + short(ended.said))
    elif ended.status and case.error in (errno.EIO, errno.EACCES) and ABSENT.search(ended.said):
        figure.fault("wrong message", about, "says that it is not there: " + short(ended.said))
    is_either = command.name in SEVERAL and all_either(stands, command)
    if ended.status and command.name != "purge" and not (is_new or is_old or is_either):
        figure.fault("half states", about, differences(
            outside_ledger(stands), outside_ledger(command.before)) + "; " + short(ended.said))
    if ended.status and command.name in ("run", "run-first", "purge"):
        after = trial.heng.run(*command.words, cwd=place.place)
        healed = outside_ledger(tree(place.place))
        if after.status != 0 or healed != outside_ledger(command.after):
            figure.fault("not healed", about, f"run again it ends with {after.status}: "
                         + short(after.said) + " " + differences(
                             healed, outside_ledger(command.after)))
        elif left := leftovers(place.reports):
            figure.fault("not healed", about, f"left after the next: {', '.join(left)}")


def all_either(stands: Tree | None, command: Command) -> bool:
    """Whether each file by itself is as before or as it should be."""
    found, before, after = (outside_ledger(t) for t in (stands, command.before, command.after))
    return all(found.get(path) in (before.get(path), after.get(path))
               for path in found.keys() | before.keys() | after.keys())


def given_up(case: Case, ended: Outcome) -> bool:
    """Whether it is a library that does not try again; no local file system interrupts these calls.

    SQLite takes an interrupted lock or wait for the disk for one that failed, as it cannot know what
    of it was done, and takes the transaction back. What libxlsxwriter writes to its files and reads
    from them again through libc's buffers is lost where it is interrupted, which Heng sees as it
    reads the workbook back.
    """
    return (case.calls in ("lock", "fsync") and "ledger.sqlite" in ended.said
            or case.error == errno.EINTR and case.calls in ("read", "write")
            and "the workbook" in ended.said)


def outside_ledger(found: Tree | None) -> Tree:
    """What is published and written, without the ledger, which holds times, and proofs, which do.

    Of a folder of reports that did not exist before, that it exists says nothing.
    """
    return {path: digest for path, digest in (found or {}).items()
            if "ledger.sqlite" not in path and "purge-" not in path and not path.endswith(".lock")
            and path not in ("new/", "out/l/", "out/f/", "out/d/")}


def told(stdout: bytes) -> bytes:
    """What was said, without times and sizes, which differ from one run to the next."""
    import re

    return re.sub(rb"\d{4}-\d\d-\d\d[T ]?[\d:.Z]*|purge-\d+|\d+ bytes|\d+ MB", b"", stdout)


def full(trial: Trial, figure: Figure, command: Command) -> None:
    """Standard output that is full: exit 1 for every command that says anything."""
    if not command.stdout:
        return
    place = command.base.copy(trial.place / f"full-{command.name}")
    with open("/dev/full", "wb") as device:
        ended = trial.heng.run(*command.words, cwd=place.place, stdout=device.fileno())
    figure.count("tried")
    about = f"{ended.told} >/dev/full"
    if ended.status != 1:
        figure.fault("wrong status", about, f"exit status {ended.status}, should be 1")
    elif fault := speech(ended, names_path=False):
        figure.fault("wrong message", about, fault)
