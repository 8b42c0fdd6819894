"""Two commands at once: one waits or is refused with a sentence, and nothing is mixed."""

from __future__ import annotations

import shutil
import threading

from .figures import Figure, Trial
from .folders import differences, leftovers, tree
from .judge import ending, short, speech
from .kitchens import Kitchens, make_kitchens
from .program import Outcome

PUBLISHED = ("--reports", "reports", "--lang", "en")
Words = tuple[str, ...]


def races(trial: Trial, figure: Figure) -> None:
    """Two runs on a new ledger, two of one id, a run beside a purge, a run beside readers."""
    figure.start("tried", must_be_none=("mixed", "wrong ending"))
    base = make_kitchens(trial.place / "races")
    published = base.copy(trial.place / "races-published")
    trial.heng.run("run", "inputs/feed", *PUBLISHED, cwd=published.place)
    feed, again, later = (("run", f"inputs/{name}", *PUBLISHED) for name in ("feed", "again", "later"))
    purge = ("purge", "--yes", "--as-of", "2031-01-01", *PUBLISHED)
    pairs: list[tuple[str, Kitchens, Words, Words]] = [
        ("two runs on a new ledger", base, feed, later),
        ("two editions of one run", base, feed, again),
        ("a run beside a purge", published, later, purge),
        ("an edition beside a purge", published, again, purge),
        ("an edition beside verify", published, again, ("verify", "feed", *PUBLISHED)),
    ]
    editions = {"feed": editions_of(trial, base, ("feed", "again")),
                "later": editions_of(trial, base, ("later",), first="feed")}
    rounds = 4 if trial.quick else 20
    cases = [(number, *pair) for number in range(rounds) for pair in pairs]

    def both(case: tuple[int, str, Kitchens, Words, Words]) -> None:
        number, name, start, one, other = case
        race(trial, figure, f"{name}, round {number}", start.copy(
            trial.place / f"race-{number}"), one, other, editions)

    # Two commands at once are enough: more would only make them wait for the processor.
    trial.each(cases, both, at_once=1)


def editions_of(
    trial: Trial, base: Kitchens, names: tuple[str, ...], first: str | None = None
) -> list[dict[str, str]]:
    """The reports that may stand: each edition, on a new ledger and after another run."""
    found = []
    for name in names:
        for before in {None, first}:
            place = base.copy(trial.place / "races-edition")
            for delivery in (before, name):
                if delivery:
                    trial.heng.run("run", f"inputs/{delivery}", *PUBLISHED, cwd=place.place)
            if standing := tree(place.reports / ("later" if name == "later" else "feed")):
                found.append(standing)
    return found


def race(
    trial: Trial, figure: Figure, name: str, place: Kitchens, one: Words, other: Words,
    editions: dict[str, list[dict[str, str]]],
) -> None:
    """Both at once, the second a little later or not."""
    chance = trial.random("races", name)
    ended: list[Outcome | None] = [None, None]

    def start(index: int, words: Words, wait: float) -> None:
        threading.Event().wait(wait)
        ended[index] = trial.heng.run(*words, cwd=place.place, timeout=90)

    threads = [threading.Thread(target=start, args=(i, words, chance.uniform(0, 0.12)))
               for i, words in enumerate((one, other))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    figure.count("tried")
    for outcome in ended:
        assert outcome is not None
        reads = outcome.command[1] == "verify"
        fault = ending(outcome, (0, 1, 2)) or speech(outcome)
        if not fault and outcome.status and not reads and not says_why(outcome):
            fault = f"exit {outcome.status} and does not say that another is at work: " + short(
                outcome.said)
        if fault:
            figure.fault("wrong ending", f"{name}; {outcome.told}", fault)
    is_purged = other[0] == "purge"
    for run, allowed in editions.items():
        stands = tree(place.reports / run)
        if stands is not None and not is_purged and stands not in allowed:
            figure.fault("mixed", name, f"reports/{run} is none of its editions: "
                         + differences(stands, allowed[0]))
        if stands is None:
            continue
        verified = trial.heng.run("verify", run, *PUBLISHED, cwd=place.place)
        # A delivery that was purged cannot be run again, which verify says with 1.
        if verified.status != 0 and not is_purged:
            figure.fault("mixed", name, f"verify {run} is {verified.status}: "
                         + short(verified.stdout.decode() + verified.said))
    if left := leftovers(place.reports):
        figure.fault("mixed", name, f"left: {', '.join(left)}")
    shutil.rmtree(place.place, ignore_errors=True)


def says_why(outcome: Outcome) -> bool:
    """Whether a refusal speaks of the other command, or of what it removed."""
    return any(word in outcome.said for word in (
        "another", "in use", "at work", "lock", "purge", "removed", "no such file"))
