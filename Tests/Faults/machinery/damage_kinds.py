"""Twenty-two ways in which files are damaged between an office and the delivery."""

from __future__ import annotations

from random import Random
from typing import Callable

from .example import encoding_of

Damage = Callable[[bytes, Random], bytes]
KINDS: dict[str, Damage] = {}


def kind(damage: Damage) -> Damage:
    """Lists a damage under its own name."""
    KINDS[damage.__name__.replace("_", " ")] = damage
    return damage


def lines_of(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


def some_line(lines: list[bytes], chance: Random) -> int:
    """A line that is not the first."""
    return chance.randrange(1, len(lines)) if len(lines) > 1 else 0


@kind
def bits_flipped(data: bytes, chance: Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


@kind
def cut_at_the_end(data: bytes, chance: Random) -> bytes:
    return data[:chance.randrange(len(data))]


@kind
def cut_in_the_middle(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randint(1, 200):]


@kind
def bytes_inserted(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.randint(1, 40)) + data[at:]


@kind
def lines_joined(data: bytes, chance: Random) -> bytes:
    lines = lines_of(data)
    at = some_line(lines, chance)
    lines[at] = lines[at].rstrip(b"\r\n")
    return b"".join(lines)


@kind
def encodings_mixed(data: bytes, chance: Random) -> bytes:
    encoding = encoding_of(data)
    other = "gb18030" if encoding.startswith("utf-8") else "utf-8"
    lines = data.decode(encoding).splitlines(keepends=True)
    at = chance.randrange(len(lines))
    return b"".join(line.encode(other if at <= i < at + 2 else encoding.removesuffix("-sig"))
                    for i, line in enumerate(lines))


@kind
def stray_quotes(data: bytes, chance: Random) -> bytes:
    out = data
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(out))
        out = out[:at] + chance.choice([b'"', b"'", b'""', "“".encode()]) + out[at:]
    return out


@kind
def rows_twice(data: bytes, chance: Random) -> bytes:
    lines = lines_of(data)
    at = some_line(lines, chance)
    return b"".join([*lines[:at], *[lines[at]] * chance.randint(2, 4), *lines[at:]])


@kind
def rows_split(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.choice([b"\n", b"\r\n", b"\r"]) + data[at:]


@kind
def files_merged(data: bytes, chance: Random) -> bytes:
    return data + data if chance.random() < 0.5 else data + b"\n" + data[len(data) // 2:]


@kind
def head_in_the_middle(data: bytes, chance: Random) -> bytes:
    lines = lines_of(data)
    at = some_line(lines, chance)
    return b"".join([*lines[:at], *lines[:2], *lines[at:]])


@kind
def filled_down(data: bytes, chance: Random) -> bytes:
    """The first cell stands once and is left out in the rows below, as merged cells are saved."""
    lines = lines_of(data)
    at = some_line(lines, chance)
    for i in range(at, min(at + 3, len(lines))):
        _, comma, rest = lines[i].partition(b",")
        lines[i] = comma + rest if comma else lines[i]
    return b"".join(lines)


@kind
def mark_of_bytes(data: bytes, chance: Random) -> bytes:
    mark = chance.choice([b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf" * 2])
    lines = lines_of(data)
    at = chance.choice([0, some_line(lines, chance)])
    return b"".join([*lines[:at], mark, *lines[at:]])


@kind
def nul_bytes(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes(chance.choice([1, 2, 512])) + data[at:]


@kind
def line_ends_mixed(data: bytes, chance: Random) -> bytes:
    return b"".join(line.rstrip(b"\r\n") + chance.choice([b"\n", b"\r\n", b"\r", b"\n\n"])
                    for line in lines_of(data))


@kind
def columns_swapped(data: bytes, chance: Random) -> bytes:
    lines = lines_of(data)
    at = some_line(lines, chance)
    cells = lines[at].rstrip(b"\r\n").split(b",")
    chance.shuffle(cells)
    lines[at] = b",".join(cells) + b"\n"
    return b"".join(lines)


@kind
def separators_trailing(data: bytes, chance: Random) -> bytes:
    more = b"," * chance.choice([1, 3, 300])
    return b"".join(line.rstrip(b"\r\n") + more + b"\r\n" for line in lines_of(data))


@kind
def emptied(data: bytes, chance: Random) -> bytes:
    return chance.choice([b"", b"\n" * 40, b" ", b"\xef\xbb\xbf", b",,,\r\n" * 5])


@kind
def characters_cut(data: bytes, chance: Random) -> bytes:
    """A character of several bytes loses its last one."""
    places = [i for i, byte in enumerate(data) if byte >= 0x80]
    if not places:
        return data[:-1]
    at = chance.choice(places)
    return data[:at] + data[at + 1:]


@kind
def separators_changed(data: bytes, chance: Random) -> bytes:
    lines = lines_of(data)
    at = some_line(lines, chance)
    other = chance.choice([b";", b"\t", "，".encode(), b"|"])
    return b"".join([*lines[:at], *(line.replace(b",", other) for line in lines[at:])])


@kind
def characters_lost(data: bytes, chance: Random) -> bytes:
    """Saved by a program that knows fewer characters."""
    text = data.decode(encoding_of(data)).encode("ascii", "replace")
    at = chance.randrange(len(text))
    return chance.choice([text, data[:at] + text[at:at + 60] + data[at:]])


@kind
def tags_unbalanced(data: bytes, chance: Random) -> bytes:
    """A tag without its end, an end without its tag, or markup where text should be."""
    at = chance.randrange(len(data))
    more = chance.choice([b"</ROW>", b"<ROW>", b"<![CDATA[", b"&#0;", b"&nbsp;", b"<!--", b"]]>"])
    return data[:at] + more + data[at:]
