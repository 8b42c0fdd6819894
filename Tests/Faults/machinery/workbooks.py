"""Workbooks written and read without a library: a zip of XML."""

from __future__ import annotations

import io
import zipfile
from typing import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def column(index: int) -> str:
    """A, B … Z, AA …"""
    name = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        name = chr(65 + digit) + name
    return name


def sheet(rows: Iterable[Sequence[str]], shared: bool = False) -> str:
    """A sheet; where `shared`, cells hold the numbers of shared texts."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(
            f'<c r="{column(i)}{number}" t="s"><v>{text}</v></c>' if shared else
            f'<c r="{column(i)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for i, text in enumerate(row) if text != "")
        lines.append(f'<row r="{number}">{cells}</row>')
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def workbook(
    sheets: Sequence[tuple[str, str]], properties: str = "", texts: Sequence[str] = (),
    same_part: bool = False,
) -> bytes:
    """A workbook of sheets (name, XML); where `same_part`, all of them are the first part."""
    parts = sheets[:1] if same_part else sheets
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{i}" r:id="r{1 if same_part else i}"/>'
        for i, (name, _) in enumerate(sheets, 1))
    related = "".join(
        f'<Relationship Id="r{i}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(parts) + 1))
    if texts:
        related += (f'<Relationship Id="texts" Type="{RELATIONS}/sharedStrings" '
                    'Target="sharedStrings.xml"/>')
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{TYPES}.worksheet+xml"/>'
        for i in range(1, len(parts) + 1))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
            f'"{TYPES}.sheet.main+xml"/>{types}</Types>')
        file.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        file.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>')
        file.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>')
        for i, (_, xml) in enumerate(parts, 1):
            file.writestr(f"xl/worksheets/sheet{i}.xml", xml)
        if texts:
            items = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
            file.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{items}</sst>')
        if properties:
            file.writestr(
                "docProps/core.xml",
                '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
                'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
                f"<dc:title>{escape(properties)}</dc:title><dc:creator>{escape(properties)}"
                "</dc:creator></cp:coreProperties>")
    return out.getvalue()


def texts_of(data: bytes) -> str:
    """All that a zip holds, as text; the data themselves where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return "\n".join(
                [*file.namelist(), *(file.read(name).decode("utf-8", "replace")
                                     for name in file.namelist())])
    except zipfile.BadZipFile:
        return data.decode("utf-8", "replace")
