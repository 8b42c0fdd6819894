"""What a disk may hold after the power failed: a recorded publication, replayed with losses.

A sync makes the bytes of its file durable, and every change of names before it: file systems write
changes of names in their order, and bytes when they like. So a legal state keeps the names up to
some change after the last durable one, and of the bytes that nobody waited for any part.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from random import Random

NAMES = ("create", "mkdir", "rename", "exchange", "remove")
FOLDER = -1


@dataclass
class Change:
    """One recorded call; `node` is the file that it concerned, whatever its name was then."""

    kind: str
    path: str
    other: str
    offset: int
    data: bytes
    node: int = FOLDER


class Disk:
    """Names and the bytes behind them."""

    def __init__(self, folder: Path) -> None:
        self.names: dict[str, int] = {}
        self.bytes: dict[int, bytes] = {}
        for at, folders, files in os.walk(folder):
            self.names[at] = FOLDER
            for name in folders:
                self.names[os.path.join(at, name)] = FOLDER
            for name in files:
                node = len(self.bytes)
                self.names[os.path.join(at, name)] = node
                self.bytes[node] = Path(at, name).read_bytes()

    def copy(self) -> "Disk":
        """The same, to be changed by itself."""
        other = Disk(Path("/nonexistent"))
        other.names, other.bytes = dict(self.names), dict(self.bytes)
        return other

    def rename(self, change: Change, node: int) -> None:
        """Applies a change of names, if what it needs is there; a new file gets `node`."""
        names, path = self.names, change.path
        if change.kind in ("create", "mkdir"):
            if os.path.dirname(path) in names:
                names[path] = node if change.kind == "create" else FOLDER
        elif path not in names:
            return
        elif change.kind == "remove":
            del names[path]
        elif change.kind == "rename":
            moved = self._take(path)
            self._take(change.other)
            names.update({change.other + tail: one for tail, one in moved.items()})
        elif change.other in names:
            one, other = self._take(path), self._take(change.other)
            names.update({change.other + tail: at for tail, at in one.items()})
            names.update({path + tail: at for tail, at in other.items()})

    def _take(self, path: str) -> dict[str, int]:
        taken = {name: node for name, node in self.names.items()
                 if name == path or name.startswith(path + "/")}
        for name in taken:
            del self.names[name]
        return {name[len(path):]: node for name, node in taken.items()}

    def write(self, change: Change) -> None:
        """Applies a change of bytes."""
        held = self.bytes.get(change.node, b"")
        if change.kind == "truncate":
            self.bytes[change.node] = held[:change.offset].ljust(change.offset, b"\0")
            return
        held = held.ljust(change.offset, b"\0")
        self.bytes[change.node] = (
            held[:change.offset] + change.data + held[change.offset + len(change.data):])

    def lay(self, folder: Path, root: Path) -> None:
        """Writes it all out, below another folder than the recorded one."""
        for name in sorted(self.names):
            target = folder / os.path.relpath(name, root)
            if self.names[name] == FOLDER:
                target.mkdir(parents=True, exist_ok=True)
            else:
                target.write_bytes(self.bytes.get(self.names[name], b""))


def recorded(record: Path, before: Disk) -> list[Change]:
    """The changes that the shim wrote down, each with the file that it concerned."""
    stored = (record / "bytes.bin").read_bytes()
    changes: list[Change] = []
    new = 1_000_000
    for line in (record / "calls.log").read_text().splitlines():
        kind, path, other, a, b, c = line.split("\t")
        path = os.path.normpath(path.removesuffix(" (deleted)"))
        other = os.path.normpath(other) if other else ""
        data = stored[int(c):int(c) + int(b)] if kind == "write" else b""
        change = Change(kind, path, other, int(a), data)
        if kind == "create":
            new += 1
            change.node = new
        elif kind not in NAMES:
            change.node = before.names.get(path, FOLDER)
        if kind in NAMES:
            before.rename(change, change.node)
        elif kind != "sync" and change.node != FOLDER:
            before.write(change)
        changes.append(change)
    return changes


def after_power_cut(
    disk: Disk, changes: list[Change], at: int, losing: str, chance: Random
) -> Disk:
    """A state that the disk may be in when the power fails before change `at`.

    `losing` is `all` that nobody waited for, `bytes` (all names are kept), or `some`.
    """
    done = changes[:at]
    last_sync = {change.node: i for i, change in enumerate(done) if change.kind == "sync"}
    durable = max((i for i, change in enumerate(done) if change.kind == "sync"), default=-1)
    keep = {"all": durable, "bytes": at}.get(losing, chance.randint(durable, at))
    for i, change in enumerate(done):
        if change.kind in NAMES:
            if i <= keep:
                disk.rename(change, change.node)
        elif change.kind in ("write", "truncate") and change.node != FOLDER:
            if i < last_sync.get(change.node, -1) or (losing == "some" and chance.random() < 0.5):
                disk.write(change)
    return disk
