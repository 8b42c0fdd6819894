"""Compares a peer's results with the ranking that Heng published, body by body.

Prints how many are equal, or the first five that differ, and ends with 1 then.
"""

from __future__ import annotations

import csv
import sys

TOLD = 5


def published(path: str) -> dict[str, tuple[str, ...]]:
    """Of each subject: status, score, tier and rank."""
    with open(path, encoding="utf-8-sig", newline="") as rows:
        return {row["subject"]: (row["status"], row["score"], row["tier"], row["rank"])
                for row in csv.DictReader(rows)}


def computed(path: str) -> dict[str, tuple[str, ...]]:
    """The same of a peer, which counts in tenths and gives a tier to those without a rank, too."""
    with open(path, encoding="utf-8", newline="") as rows:
        return {row["subject"]: (
            row["status"], f"{int(row['score']) // 10}.{int(row['score']) % 10}",
            row["tier"] if row["place"] else "", row["place"]) for row in csv.DictReader(rows)}


def main() -> int:
    theirs, heng = computed(sys.argv[2]), published(sys.argv[1])
    differing = sorted(
        subject for subject in heng.keys() | theirs.keys()
        if heng.get(subject) != theirs.get(subject))
    if not differing and heng:
        print(f"{len(heng)} bodies: status, score, tier and rank are equal")
        return 0
    print(f"{len(differing)} of {len(heng)} bodies differ:")
    for subject in differing[:TOLD]:
        print(f"  {subject}: Heng {heng.get(subject)}, the peer {theirs.get(subject)}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
