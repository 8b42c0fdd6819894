"""Copies of the example delivery, whose files are read and written in their own encodings."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from .folders import renew
from .program import PROJECT

INPUTS = PROJECT / "inputs"
NAME = "example-2018q3"
PACK = INPUTS / "rules/luoyang-2018"
# Nothing that a damage does to rows may stop a run: what is judged comes after.
OPEN = "tolerances: {quarantined: 100%, unread: 100%, unmatched: 100%, controls: 9999, files: 99}"


@dataclass(frozen=True)
class Example:
    """A copy of the example delivery with its pack, and the folder that it is published in."""

    place: Path

    @property
    def delivery(self) -> Path:
        return self.place / "inputs" / NAME

    @property
    def rules(self) -> Path:
        return self.place / "inputs/rules/luoyang-2018"

    @property
    def reports(self) -> Path:
        return self.place / "reports"

    @property
    def published(self) -> Path:
        return self.reports / NAME

    def files(self) -> list[Path]:
        """The delivered tables, in one order on every machine."""
        return sorted(p for p in self.delivery.rglob("*") if p.suffix in (".csv", ".xml"))

    def balances(self) -> dict[str, tuple[int, int, int, int]]:
        """Of each input: read, accepted, quarantined, superseded, as the manifest has them."""
        manifest = json.loads((self.published / "manifest.json").read_text())
        return {entry["path"]: tuple(entry.get(key) or 0 for key in (
            "read", "accepted", "quarantined", "superseded")) for entry in manifest["inputs"]}


def make_example(place: Path) -> Example:
    """A copy with open tolerances."""
    example = Example(renew(place))
    shutil.copytree(INPUTS / NAME, example.delivery)
    shutil.copytree(PACK, example.rules)
    run = example.delivery / "run.yaml"
    run.write_text(re.sub(r"(?m)^tolerances:.*$", OPEN, run.read_text()))
    return example


def encoding_of(data: bytes) -> str:
    """The encoding of a delivered file, by its bytes."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if data[:3] == b"\xef\xbb\xbf":
        return "utf-8-sig"
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return "gb18030"


def text_of(path: Path) -> tuple[str, str]:
    """A file's text, and the encoding to write it in again."""
    data = path.read_bytes()
    encoding = encoding_of(data)
    return data.decode(encoding), encoding


def put(path: Path, text: str, encoding: str) -> None:
    """Writes a text without touching its line ends."""
    path.write_bytes(text.encode(encoding))


def separator_of(text: str) -> str:
    return "\t" if text.count("\t") > text.count(",") else ","


def rows_of(text: str) -> list[list[str]]:
    """The rows of a delivered sheet."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text)))


def text_from(rows: list[list[str]], separator: str) -> str:
    """Rows as a sheet again."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
