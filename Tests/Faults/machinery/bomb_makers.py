"""Files that are small to send and dear to read, each with the seconds and MB that it may take."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator

from .kitchens import Kitchens
from .workbooks import sheet, workbook

HEAD = "Number,Name,Faults found\n"


@dataclass(frozen=True)
class Bomb:
    """What is put where, what is run, and what it may take."""

    name: str
    make: Callable[[Kitchens, int], None]
    seconds: float
    megabytes: float
    size: int
    quick: int
    command: tuple[str, ...] = ("check", "inputs/feed", "--lang", "en")


def delivered(name: str, data: Callable[[int], Iterator[bytes]]) -> Callable[[Kitchens, int], None]:
    """A file in the delivery, written piece by piece."""
    def make(kitchens: Kitchens, size: int) -> None:
        with open(kitchens.feed / name, "wb") as file:
            for piece in data(size):
                file.write(piece)
    return make


def ruled(change: Callable[[Path, int], None]) -> Callable[[Kitchens, int], None]:
    """A change of the rule pack."""
    return lambda kitchens, size: change(kitchens.rules, size)


def empty_lines(size: int) -> Iterator[bytes]:
    yield HEAD.encode()
    for _ in range(size):
        yield b"\n" * 1_000_000


def attributes(size: int) -> Iterator[bytes]:
    yield b"<A><B " + b" ".join(b'a%d="1"' % i for i in range(size)) + b"/></A>"


def one_field(size: int) -> Iterator[bytes]:
    yield HEAD.encode() + b"K90," + b"x" * size + b",1\nK91,Thin Soup,2\n"


def bad_rows(size: int) -> Iterator[bytes]:
    yield HEAD.encode()
    for start in range(0, size, 10_000):
        yield b"".join(b"K%d,A,many\n" % i for i in range(start, start + 10_000))


def long_row(size: int) -> Iterator[bytes]:
    yield HEAD.encode() + b"K90,A,1" + b"," * size + b"\n"


def entities(_: int) -> Iterator[bytes]:
    levels = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    yield f'<!DOCTYPE A [<!ENTITY e0 "ha">{levels}]><A><B>&e11;</B></A>'.encode()


def one_entity(size: int) -> Iterator[bytes]:
    yield f'<!DOCTYPE A [<!ENTITY e "{"x" * size}">]><A><B>{"&e;" * size}</B></A>'.encode()


def outside(_: int) -> Iterator[bytes]:
    yield b'<!DOCTYPE A [<!ENTITY e SYSTEM "file:///etc/passwd">]><A><B>&e;</B></A>'


def deep_elements(size: int) -> Iterator[bytes]:
    yield b"<A>" * size + b"</A>" * size


def deep_json(size: int) -> Iterator[bytes]:
    yield b'[{"a":' * size + b"1" + b"}]" * size


def many_elements(size: int) -> Iterator[bytes]:
    yield b"<A>"
    for start in range(0, size, 10_000):
        yield b"".join(b"<e%d/>" % i for i in range(start, start + 10_000))
    yield b"</A>"


def page_cells(size: int) -> Iterator[bytes]:
    yield (b"<table><tr><td colspan=99999999>a</td></tr><tr>" + b"<td rowspan=65534>b" * size
           + b"</table>")


def shared_text(size: int) -> Iterator[bytes]:
    heads = ["0", "1", "2"]
    rows = [heads, *([str(i + 4), "3", "0"] for i in range(size))]
    texts = ["Number", "Name", "Faults found", "x" * 32_000, *(f"K{i}" for i in range(size))]
    yield workbook([("Register", sheet(rows, shared=True))], texts=texts)


def many_sheets(size: int) -> Iterator[bytes]:
    rows = [["Number", "Name", "Faults found"], *([f"K{i}", "A", "1"] for i in range(2_000))]
    part = sheet(rows)
    yield workbook([(f"S{i}", part) for i in range(size)], same_part=True)


def far_cells(_: int) -> Iterator[bytes]:
    yield workbook([("A", '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
                     'main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Number</t></is></c>'
                     '</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                     "</worksheet>")])


def packed(size: int) -> Iterator[bytes]:
    """A workbook whose one sheet unpacks to `size` megabytes of blanks."""
    out = io.BytesIO(workbook([("A", sheet([["Number"]]))]))
    whole = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if not name.endswith("sheet1.xml"):
                new.writestr(name, old.read(name))
        with new.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(b"<worksheet><sheetData>")
            for _ in range(size):
                part.write(b" " * (1 << 20))
            part.write(b"</sheetData></worksheet>")
    yield whole.getvalue()


def rubric(rules: Path, more: str = "", value: str = "20 - faults") -> None:
    """The pack's rubric with other `let` lines or another expression."""
    path = rules / "rubrics/hygiene.yaml"
    text = path.read_text().replace("value: 20 - faults", f"value: '{value}'")
    path.write_text(text.replace("indicators:", more + "indicators:"))


def nested_macros(rules: Path, size: int) -> None:
    items = "[" + ",".join(map(str, range(10))) + "]"
    inner = " + ".join(f"x{i}" for i in range(size)) + " > faults + 999"
    for i in range(size):
        inner = f"{items}.exists(x{i}, {inner})"
    rubric(rules, value=f"{inner} ? 1 : 2")


def doubling(rules: Path, size: int) -> None:
    lines = "".join(f"  v{i}: v{i - 1} + v{i - 1}\n" for i in range(1, size))
    rubric(rules, f"let:\n  v0: faults\n{lines}", value=f"v{size - 1}")


def doubling_lists(rules: Path, size: int) -> None:
    lines = "".join(f"  v{i}: v{i - 1} + v{i - 1}\n" for i in range(1, size))
    rubric(rules, f"let:\n  v0: '[1, 2]'\n{lines}", value=f"v{size - 1}.size()")


def chained(rules: Path, size: int) -> None:
    lines = "".join(f"  v{i}: v{i - 1} + 1\n" for i in range(1, size))
    rubric(rules, f"let:\n  v0: faults\n{lines}", value=f"v{size - 1}")


def brackets(rules: Path, size: int) -> None:
    rubric(rules, value="(" * size + "faults" + ")" * size)


def bad_codes(rules: Path, size: int) -> None:
    with open(rules / "codes/outcomes.csv", "a", encoding="utf-8") as file:
        for i in range(size):
            file.write(f"upheld,again {i},,nonsense\n")


def yaml_aliases(rules: Path, _: int) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    with open(rules / "pack.yaml", "a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def yaml_deep(rules: Path, size: int) -> None:
    with open(rules / "pack.yaml", "a", encoding="utf-8") as file:
        file.write("deep: " + "[" * size + "]" * size + "\n")


CHECK = ("rules", "check", "inputs/rules/kitchens", "--lang", "en")

BOMBS = (
    # Lines of nothing: a gigabyte where `size` is 1000.
    Bomb("a gigabyte of empty lines", delivered("z.csv", empty_lines), 30, 300, 1000, 100),
    Bomb("100,000 attributes in a tag", delivered("z.xml", attributes), 10, 300, 100_000, 100_000),
    Bomb("one field of 1 MB", delivered("z.csv", one_field), 5, 200, 1 << 20, 1 << 20),
    Bomb("one field of 100 MB", delivered("z.csv", one_field), 20, 900, 100 << 20, 20 << 20),
    Bomb("bad rows", delivered("z.csv", bad_rows), 60, 800, 5_000_000, 500_000),
    Bomb("a row of many cells", delivered("z.csv", long_row), 20, 500, 10_000_000, 1_000_000),
    Bomb("entities in entities", delivered("z.xml", entities), 5, 200, 1, 1),
    Bomb("one entity many times", delivered("z.xml", one_entity), 5, 300, 50_000, 20_000),
    Bomb("an entity from outside", delivered("z.xml", outside), 5, 200, 1, 1),
    Bomb("elements in elements", delivered("z.xml", deep_elements), 10, 400, 1_000_000, 100_000),
    Bomb("JSON in JSON", delivered("z.json", deep_json), 10, 400, 500_000, 100_000),
    Bomb("a million names of elements", delivered("z.xml", many_elements), 20, 500, 1_000_000, 200_000),
    Bomb("cells that span a page", delivered("z.html", page_cells), 20, 500, 2_000, 500),
    Bomb("one shared text of 32,000 characters", delivered("z.xlsx", shared_text), 30, 800, 20_000, 5_000),
    Bomb("sheets of one part", delivered("z.xlsx", many_sheets), 30, 800, 900, 300),
    Bomb("a cell in the last place", delivered("z.xlsx", far_cells), 5, 200, 1, 1),
    Bomb("a packed sheet of blanks", delivered("z.xlsx", packed), 30, 600, 1000, 200),
    Bomb("macros in macros", ruled(nested_macros), 10, 500, 12, 12, CHECK),
    Bomb("macros in macros, run", ruled(nested_macros), 10, 500, 12, 12),
    Bomb("doubling lets", ruled(doubling), 10, 500, 40, 40, CHECK),
    Bomb("doubling lists", ruled(doubling_lists), 10, 500, 40, 40, CHECK),
    Bomb("doubling lists, run", ruled(doubling_lists), 10, 500, 40, 40),
    Bomb("chained lets", ruled(chained), 20, 800, 50_000, 10_000, CHECK),
    Bomb("brackets in brackets", ruled(brackets), 5, 300, 100_000, 100_000, CHECK),
    Bomb("faulty rows of codes", ruled(bad_codes), 30, 800, 1_000_000, 100_000, CHECK),
    Bomb("aliases in aliases", ruled(yaml_aliases), 10, 300, 1, 1, CHECK),
    Bomb("YAML in YAML", ruled(yaml_deep), 10, 300, 200_000, 100_000, CHECK),
)
