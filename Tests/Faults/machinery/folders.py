"""Folders compared by the bytes of all that is in them."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

Tree = dict[str, str]


def tree(folder: Path) -> Tree | None:
    """Each path below a folder with the digest of its bytes; nil where there is no folder."""
    if not folder.is_dir():
        return None
    found: Tree = {}
    for at, folders, files in os.walk(folder):
        for name in folders:
            found[os.path.relpath(os.path.join(at, name), folder) + "/"] = ""
        for name in files:
            path = os.path.join(at, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = hashlib.sha256(file.read()).hexdigest()
    return found


def differences(one: Tree | None, other: Tree | None, most: int = 4) -> str:
    """In which paths two trees differ, as a short text; empty where they are the same."""
    if one == other:
        return ""
    if one is None or other is None:
        return "not there" if one is None else "there, and should not be"
    paths = sorted(p for p in one.keys() | other.keys() if one.get(p) != other.get(p))
    more = f" and {len(paths) - most} more" if len(paths) > most else ""
    return ", ".join(paths[:most]) + more


def leftovers(reports: Path) -> list[str]:
    """Unfinished or replaced reports that nobody cleared away."""
    if not reports.is_dir():
        return []
    return sorted(n for n in os.listdir(reports) if n.endswith(".partial") or n.endswith("-journal"))


def renew(place: Path, source: Path | None = None) -> Path:
    """An empty folder, or a copy of another, in the place of whatever was there."""
    shutil.rmtree(place, ignore_errors=True)
    if source is None:
        place.mkdir(parents=True)
    else:
        shutil.copytree(source, place, symlinks=True)
    return place
