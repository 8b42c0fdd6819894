"""Puts canaries into every place of a delivery that a text can come from."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Callable

from .example import Example, put, rows_of, separator_of, text_from, text_of
from .numbers import Canaries
from .workbooks import sheet, workbook

CODE = re.compile(r"^(?:[0-9A-Z]{18}|HX2018-\d+|\d{15}|410399\d{11}[\dX])$")
ELEMENT = re.compile(r"<(\w+)>([^<>]*)</\1>")
ATTRIBUTE = re.compile(r'(\w+)="([^"<>]*)"')
PEOPLE = ("phone", "head")
Plant = Callable[[Example, Canaries, str], None]


def dictionary(rules: Path) -> dict[str, str]:
    """The type of each column that is read, by every name of it; “unread” of those that are not, and
    “personal” of those that the dictionary does not open to everybody."""
    types: dict[str, str] = {}
    of_field: dict[str, str] = {}
    for path in (rules / "records").glob("*.yaml"):
        for line in path.read_text().splitlines():
            if found := re.search(r"id: (\w+), label: ([^,]+), type: ([\w-]+)", line):
                of_field[found[1]] = "personal" if "sensitivity: personal" in line else found[3]
                aliases = re.search(r"aliases: \[([^\]]*)\]", line)
                for name in [found[2], *(aliases[1].split(",") if aliases else [])]:
                    types[name.strip().casefold()] = of_field[found[1]]
    sources = [path.read_text() for path in (rules / "sources").glob("*.yaml")]
    for text in sources:
        for field, names in re.findall(r"\{field: (\w+), from: (\[[^\]]*\]|[^,}]+)", text):
            for name in names.strip("[]").split(","):
                # Of headers of two lines and of paths of elements the last part stands there.
                for shown in (name.strip(), re.split("[·/@]", name.strip())[-1]):
                    types.setdefault(shown.casefold(), of_field.get(field, "text"))
    for text in sources:
        for names in re.findall(r"ignore: \[([^\]]*)\]", text):
            for name in names.split(","):
                types.setdefault(name.strip().casefold(), "unread")
    return types


def is_planted(kind: str, column: str, types: dict[str, str]) -> bool:
    """Whether a kind is planted in a column.

    Resident numbers are planted in all, but for those of 15 digits with the check digit of a
    registration number in a column of these: there one in twenty-five of the true ones looks like
    that, and to refuse them would strike bodies off that did nothing wrong. A telephone or a name in
    an open field is told as it stands, be it that nobody can read it; it may not come out of a column
    that is not read or not open.
    """
    type = types.get(column.casefold(), "unknown")
    if kind in PEOPLE:
        return type in ("unread", "personal")
    return not (kind == "old as registration number" and type == "registration-number")


def cells(example: Example, canaries: Canaries, kind: str) -> None:
    """Every column of every file: a row for each, in which that cell alone is another."""
    types = dictionary(example.rules)
    for path in example.files():
        text, encoding = text_of(path)
        plant = in_rows if path.suffix == ".csv" else in_elements
        put(path, plant(text, path.name, canaries, kind, types), encoding)


def in_rows(
    text: str, name: str, canaries: Canaries, kind: str, types: dict[str, str]
) -> str:
    """A sheet with a row more for each of its columns."""
    rows = rows_of(text)
    at = next((i for i, row in enumerate(rows) if any(CODE.match(cell) for cell in row)), None)
    if not at:
        at = 1
    heads, model = rows[at - 1], rows[at]
    heads = [*heads, *[""] * (len(model) - len(heads))]
    more = []
    for index, column in enumerate(heads):
        if is_planted(kind, column, types):
            row = [*model, *[""] * (len(heads) - len(model))]
            row[index] = canaries.plant(kind, f"column {column or index} of {name}")
            more.append(row)
    return text_from([*rows[:at + 1], *more, *rows[at + 1:]], separator_of(text))


def in_elements(
    text: str, name: str, canaries: Canaries, kind: str, types: dict[str, str]
) -> str:
    """An export with a row more for each element and attribute of a row."""
    lines = text.split("\n")
    at = max(range(1, len(lines)), key=lambda i: len(ELEMENT.findall(lines[i])) + len(
        ATTRIBUTE.findall(lines[i])) * (lines[i].count("<") < 3))
    model, more = lines[at], []
    for found in [*ELEMENT.finditer(model), *ATTRIBUTE.finditer(model)]:
        if is_planted(kind, found[1], types):
            planted = canaries.plant(kind, f"{found[1]} of {name}")
            more.append(model[:found.start(2)] + planted + model[found.end(2):])
    if first := ELEMENT.search(model):
        planted = canaries.plant(kind, f"unknown element of {name}")
        more.append(model[:first.start()] + f"<LXR>{planted}</LXR><!-- {planted} -->"
                    + model[first.start():])
    return "\n".join([*lines[:at + 1], *more, *lines[at + 1:]])


def headers(example: Example, canaries: Canaries, kind: str) -> None:
    """A column more in every sheet, and a title line before its header."""
    for path in example.files():
        if path.suffix != ".csv":
            continue
        text, encoding = text_of(path)
        rows = rows_of(text)
        at = next((i for i, row in enumerate(rows) if any(CODE.match(c) for c in row)), 1) - 1
        rows[at] = [*rows[at], canaries.plant(kind, f"a header of {path.name}")]
        rows[at + 1:] = [[*row, "x"] for row in rows[at + 1:]]
        title = [canaries.plant(kind, f"the line above the header of {path.name}")]
        put(path, text_from([title, *rows], separator_of(text)), encoding)


def names(example: Example, canaries: Canaries, kind: str) -> None:
    """The name of every file, of a folder, of files that are set aside, and of unknown ones."""
    # Heng reads no file of such a name; the true ones stand beside them, so that it publishes.
    for path in example.files():
        shutil.copy(path, path.with_name(
            f"{canaries.plant(kind, 'the name of ' + path.name)}{path.name}"))
    folder = example.delivery / canaries.plant(kind, "the name of a folder")
    shutil.copytree(example.delivery / "credit", folder)
    for end, data in ((".pdf", b"%PDF-1.4\n"), (".png", b"\x89PNG\r\n\x1a\n"), (".zip", b"PK\5\6" + bytes(18)),
                      (".csv", b"a,b\n1,2\n"), (".xml", b"<A><B>1</B></A>"), (".lnk", b"L")):
        (folder / (canaries.plant(kind, f"the name of a {end} file") + end)).write_bytes(data)


def sheets(example: Example, canaries: Canaries, kind: str) -> None:
    """Names, properties and headers of a workbook."""
    path = example.delivery / "figures/人选名单.csv"
    rows = rows_of(text_of(path)[0])[:3]
    rows[0] = [*rows[0], canaries.plant(kind, "a header of a sheet")]
    rows[1][0], rows[2][0] = "HX2018-901", "HX2018-902"
    unknown = [["甲", canaries.plant(kind, "a header of an unknown sheet")], ["1", "2"]]
    (example.delivery / "figures/人选补充.xlsx").write_bytes(workbook(
        [(canaries.plant(kind, "the name of a sheet")[:31], sheet(rows)),
         (canaries.plant(kind, "the name of an unknown sheet")[:31], sheet(unknown))],
        properties=canaries.plant(kind, "the properties of a workbook")))


def broken(example: Example, canaries: Canaries, kind: str) -> None:
    """Files that cannot be read, just where the canary stands."""
    def text(where: str) -> str:
        return canaries.plant(kind, where)

    folder = example.delivery / "registration"
    start = '<?xml version="1.0" encoding="UTF-8"?>\n<DATASET><ROW><UNISCID>'
    for name, data in {
        "a.xml": start + text("a cut element"),
        "b.xml": start + text("a wrong end tag") + "</ENTNAME></ROW></DATASET>",
        "c.xml": start + "</UNISCID><X" + text("the name of an element") + "/></ROW></DATASET>",
        "d.xml": start + "&" + text("an unknown entity") + ";</UNISCID></ROW></DATASET>",
        "e.xml": f'{start}</UNISCID><A b="{text("an attribute twice")}" b="1"/></ROW></DATASET>',
        "f.csv": f'统一社会信用代码,企业名称,登记状态\n"{text("an open quote")},x,存续\n',
        "g.csv": f'{text("a header of an unknown file")},b\n{text("a cell of an unknown file")},2\n',
        "h.csv": f'统一社会信用代码,企业名称,登记状态\n{text("beside a NUL")}\0,x,存续\n',
        "i.json": '{"rows": [{"' + text("a key of JSON") + '": "' + text("a value of JSON"),
        "j.html": f'<html><title>{text("the title of a page")}</title><table><tr><th>'
                  f'{text("a header of a page")}</th></tr><tr><td>1</td></tr></table></html>',
    }.items():
        (folder / name).write_text(data)
    wrong = f"统一社会信用代码,企业名称,登记状态\n{text('beside bytes of no encoding')}".encode()
    (folder / "k.csv").write_bytes(wrong + b",\xff\xfe\xfa\x80,\xe5\n")
