"""Numbers and names that belong to nobody, and the search for them in any writing.

Resident numbers are of the division 410399, which was never issued, as in the samples.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
READ = str.maketrans(
    "〇零一二三四五六七八九٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "00123456789" + "0123456789" * 2)

WRITINGS = ("plain", "spaces", "hyphens", "full-width", "chinese", "arabic")


def resident(number: int) -> str:
    """A resident number of 18 digits, different for each number, with its check digit."""
    days, sequence = divmod(number, 999)
    body = f"410399{1930 + days // 336 % 70}{days // 28 % 12 + 1:02}{days % 28 + 1:02}{sequence + 1:03}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS))
    return body + "10X98765432"[total % 11]


def old_resident(number: int, passes: bool) -> str:
    """An old number of 15 digits; one that passes as a registration number if asked for."""
    for extra in range(10):
        days, sequence = divmod(number * 10 + extra, 999)
        text = f"410399{30 + days // 336 % 70}{days // 28 % 12 + 1:02}{days % 28 + 1:02}{sequence + 1:03}"
        if not passes or check(text[:14]) == text[14]:
            return text
    return text


def check(body: str) -> str:
    """The check digit of a registration number, by ISO 7064 MOD 11,10."""
    rest = 10
    for digit in body:
        rest = (rest + int(digit)) % 10 or 10
        rest = rest * 2 % 11
    return str((11 - rest) % 10)


def phone(number: int) -> str:
    """Eleven digits as of a mobile telephone."""
    return f"199{number:08}"


def head(number: int) -> str:
    """A name that nobody has, of characters that stand nowhere else."""
    rare = "龘靐齉爩鱻麤灪爨癵籱"
    return "龖" + "".join(rare[int(digit)] for digit in f"{number:05}")


def written(digits: str, how: str) -> str:
    """A number as clerks write it."""
    if how == "spaces":
        return f"{digits[:6]} {digits[6:-4]} {digits[-4:]}"
    if how == "hyphens":
        return f"{digits[:6]}-{digits[6:-4]}-{digits[-4:]}"
    table = {"full-width": FULL_WIDTH, "chinese": CHINESE, "arabic": ARABIC}.get(how)
    return digits.translate(table) if table else digits


@dataclass
class Canaries:
    """All that was planted, and where."""

    where: dict[str, str] = field(default_factory=dict)
    made: int = 0

    def plant(self, kind: str, where: str) -> str:
        """A new number or name to be put at a place; `where` says which."""
        self.made += 1
        number = self.made
        writing = kind if kind in WRITINGS else "plain"
        core = {"old": lambda: old_resident(number, False),
                "old as registration number": lambda: old_resident(number, True),
                "phone": lambda: phone(number), "head": lambda: head(number),
                }.get(kind, lambda: resident(number))()
        self.where[core] = f"{kind}, {where}"
        return written(core, writing)

    def found(self, text: str) -> set[str]:
        """Those that a text holds, in whatever writing."""
        seen = {name for name in re.findall("龖[龘靐齉爩鱻麤灪爨癵籱]{5}", text)
                if name in self.where}
        plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
        plain = re.sub(r"&#(\d+);", lambda m: chr(int(m[1]) % 0x110000), plain)
        plain = unicodedata.normalize("NFKC", plain).translate(READ)
        for run in re.findall(r"\d(?:[\s\-‐-―_.·'/]?\d){10,}[Xx]?", plain):
            digits = re.sub(r"[^\dX]", "", run.upper())
            for size in (11, 15, 18):
                seen |= {part for at in range(len(digits) - size + 1)
                         if (part := digits[at:at + size]) in self.where}
        return seen
