"""Less memory than is needed, and many broken files, of which each may cost only what is told of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from .example import NAME, make_example
from .figures import Figure, Trial
from .folders import leftovers
from .judge import ending, short, speech
from .kitchens import make_kitchens

SIZES = (48, 64, 80, 96, 112, 128, 144, 160, 192, 224, 256, 320, 384, 448, 512, 640, 768, 1024)

# Broken files of every form, each with its number, so that no two are the same.
BROKEN = (
    (".xml", b"<DATASET><ROW><A>%d</A><B>x"),
    (".csv", b'Number,Name,Faults found\n"K%d,open'),
    (".csv", b"what,is,this %d\n1,2,3\n"),
    (".csv", b"Number,Name,Faults found\nK%d\0,\xff\xfe\xfa\x80,1\n"),
    (".json", b'{"rows": [{"a": %d'),
    (".xlsx", b"PK\3\4 cut %d"),
    (".html", b"<html><table><tr><td>%d"),
)
# What is kept of a broken file is what is told of it, in two languages, in findings and manifest:
# some 4 KB. A file, parser or buffer that is not given back costs more, or ends at 1,024 open files.
KILOBYTES_A_FILE = 8


def memory(trial: Trial, figure: Figure) -> None:
    """Bounds of the address space over three commands, and ten times as many broken files."""
    figure.start("tried", must_be_none=(
        "trapped", "hung", "wrong message", "half states", "over the stated bound"))
    base = make_example(trial.place / "published")
    ended = trial.heng.run("run", f"inputs/{NAME}", "--reports", "reports", cwd=base.place)
    assert ended.status in (0, 3), ended.said
    sizes = SIZES[::3] if trial.quick else SIZES

    def bounded(case: tuple[str, int]) -> None:
        command, size = case
        example = make_example(trial.place / f"{command}-{size}")
        shutil.copytree(base.reports, example.reports)
        words = {
            "run": ("run", f"inputs/{NAME}", "--reports", "reports"),
            "check": ("check", f"inputs/{NAME}"),
            "explain": ("explain", NAME, "91410305PDY9000185", "--reports", "reports"),
        }[command]
        ended = trial.heng.run(
            *words, "--lang", "en", cwd=example.place, memory=size << 20, timeout=30)
        figure.count("tried")
        about = f"{size} MB of address space; {ended.told}"
        if ended.timed_out:
            figure.fault("hung", about, ending(ended))
        elif ended.status != 0 and not starts(trial, example.place, size):
            pass  # The system had too little to load the executable with.
        elif fault := ending(ended):
            figure.fault("trapped", about, fault)
        elif fault := speech(ended, names_path=False):
            figure.fault("wrong message", about, fault)
        if left := leftovers(example.reports):
            figure.fault("half states", about, f"left: {', '.join(left)}")
        shutil.rmtree(example.place, ignore_errors=True)

    cases = [(command, size) for command in ("run", "check", "explain") for size in sizes]
    trial.each(cases, bounded, at_once=1)
    growth(trial, figure)


def starts(trial: Trial, place: Path, size: int) -> bool:
    """Whether there is room for the executable and its libraries, before anything of it runs."""
    return trial.heng.run("--version", cwd=place, memory=size << 20, timeout=30).status == 0


def growth(trial: Trial, figure: Figure) -> None:
    """Peak memory of a run over 10,000 broken files beside one over 1,000."""
    peaks: dict[int, float] = {}
    published: dict[int, bytes] = {}
    for count in (100, 1_000) if trial.quick else (1_000, 10_000):
        kitchens = make_kitchens(trial.place / f"broken-{count}")
        with open(kitchens.feed / "run.yaml", "a", encoding="utf-8") as run:
            run.write(f"tolerances: {{files: {count}}}\n")
        folder = kitchens.feed / "broken"
        folder.mkdir()
        for number in range(count):
            end, data = BROKEN[number % len(BROKEN)]
            (folder / f"{number:05}{end}").write_bytes(data % number)
        ended = trial.heng.run("run", "inputs/feed", "--reports", "reports", "--lang", "en",
                               cwd=kitchens.place, timeout=300)
        figure.count("tried")
        about = f"{count} broken files; {ended.told}"
        ranking = kitchens.reports / "feed/rankings/hygiene.csv"
        if ended.timed_out:
            figure.fault("hung", about, ending(ended))
        elif fault := ending(ended, (0, 3)):
            figure.fault("trapped", about, fault)
        elif fault := speech(ended):
            figure.fault("wrong message", about, fault)
        elif (told := ended.stdout.count(b"broken/")) < count:
            figure.fault("wrong message", about, f"{told} of them are told of: "
                         + short(ended.stdout.decode("utf-8", "replace")))
        peaks[count] = ended.megabytes
        published[count] = ranking.read_bytes() if ranking.exists() else b""
        shutil.rmtree(kitchens.place, ignore_errors=True)
    (few, low), (many, high) = peaks.items()
    about = f"{many} broken files beside {few}"
    if (high - low) * 1024 > KILOBYTES_A_FILE * (many - few):
        figure.fault("over the stated bound", about,
                     f"{high:.0f} MB, were {low:.0f}: more than {KILOBYTES_A_FILE} KB a file")
    if not published[few] or published[few] != published[many]:
        figure.fault("half states", about, "the good files beside them are ranked in another way")
