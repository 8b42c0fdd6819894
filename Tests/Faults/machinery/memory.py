"""Less memory than is needed: a sentence and exit 1, never a trap or a hang."""

from __future__ import annotations

import shutil

from .example import NAME, make_example
from .figures import Figure, Trial
from .judge import ending, speech
from .folders import leftovers

SIZES = (48, 64, 80, 96, 112, 128, 144, 160, 192, 224, 256, 320, 384, 448, 512, 640, 768, 1024)


def memory(trial: Trial, figure: Figure) -> None:
    """Bounds of the address space, in MB, from none at all to enough, over three commands."""
    figure.start("tried", must_be_none=("trapped", "hung", "wrong message", "half states"))
    base = make_example(trial.place / "published")
    ended = trial.heng.run("run", f"inputs/{NAME}", "--reports", "reports", cwd=base.place)
    assert ended.status in (0, 3), ended.said
    for command in ("run", "check", "explain"):
        for size in SIZES[::3] if trial.quick else SIZES:
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
            elif ended.status == 127 and "shared" in ended.said:
                pass  # The system's loader had too little to begin with, and says so.
            elif fault := ending(ended):
                figure.fault("trapped", about, fault)
            elif fault := speech(ended, names_path=False):
                figure.fault("wrong message", about, fault)
            if left := leftovers(example.reports):
                figure.fault("half states", about, f"left: {', '.join(left)}")
            shutil.rmtree(example.place, ignore_errors=True)
