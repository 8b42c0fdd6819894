"""Bytes that nobody would think of: libFuzzer with the address sanitizer, a target after another."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

from .example import INPUTS, NAME, PACK, rows_of, text_of
from .figures import Figure, Trial
from .folders import renew
from .program import PROJECT
from .workbooks import sheet

SOURCES = PROJECT / "Tests/Faults/fuzz"
BUILD = PROJECT / ".build/fuzz"
KEPT = SOURCES / "corpus"
MOST_KEPT = 100_000  # bytes a target, before they are packed
MOST_TEXTS = 500
LONGEST = 20_000  # bytes
MODULES = ("Tables", "Fields", "Expressions", "Labels", "Archives", "RulePacks", "Intake", "CFreeXL",
           "Yams", "CYaml")
LIBRARIES = ("xml2", "zip", "utf8proc", "crypto")
SANITIZED = ("-sanitize=fuzzer,address", "-O", "-g")
TARGETS = ("xml", "csv", "json", "page", "workbook", "spreadsheet", "encoding", "fields", "yaml",
           "expressions", "plan")


def fuzz(trial: Trial, figure: Figure) -> None:
    """Ten seconds for each target, or as many as HENG_FUZZ_SECONDS says; counts are executions.

    With HENG_FUZZ_KEEP=1 what reaches most of the program is kept for the next time.
    """
    figure.start(*TARGETS, must_be_none=("crashed or hung", "not run"))
    seconds = int(os.environ.get("HENG_FUZZ_SECONDS", "10" if trial.quick else "120"))
    program = trial.place / "fuzz"
    if fault := build(program):
        figure.fault("not run", "building", fault)
        return
    trial.each(TARGETS, lambda target: attack(trial, figure, program, target, seconds))


def swift() -> Path:
    """The folder of the toolchain that builds the program."""
    found = subprocess.run(
        [PROJECT / ".ci/toolchain", "path"], capture_output=True, text=True, check=True)
    return Path(shutil.which(found.stdout.strip()) or found.stdout.strip()).resolve().parent


def build(program: Path) -> str:
    """Builds what reads files and rules with the sanitizers, and links the fuzzer to it.

    SwiftPM compiles it but cannot link it, because the fuzzer has a main function of its own.
    """
    flags = [word for flag in SANITIZED for word in ("-Xswiftc", flag)]
    made = subprocess.run(
        [swift() / "swift", "build", "--scratch-path", BUILD, "--target", "Intake", *flags,
         "-Xswiftc", "-enable-testing", "-Xcc", "-fsanitize=fuzzer-no-link,address"],
        cwd=PROJECT, capture_output=True, text=True, check=False)
    if made.returncode:
        return (made.stdout + made.stderr)[-2000:]
    objects = [path for module in MODULES
               for path in sorted((BUILD / f"debug/{module}.build").rglob("*.o"))]
    # Of system libraries, of packages in C, and those that SwiftPM writes by itself.
    maps = [word for path in (*(PROJECT / "Sources").glob("C*/module.modulemap"),
                              *(BUILD / "checkouts").glob("Yams/Sources/CYaml/include/*.modulemap"),
                              *(BUILD / "debug").glob("*.build/module.modulemap"))
            for word in ("-Xcc", f"-fmodule-map-file={path}")]
    made = subprocess.run(
        [swift() / "swiftc", *SANITIZED, "-parse-as-library", "-swift-version", "6",
         "-module-name", "Fuzz", "-I", BUILD / "debug/Modules", "-I/usr/include/libxml2", *maps,
         SOURCES / "Fuzz.swift", PROJECT / "Tests/StoredZips/StoredZip.swift", *objects,
         *(f"-l{name}" for name in LIBRARIES), "-ldl", "-o", program],
        capture_output=True, text=True, check=False)
    return (made.stdout + made.stderr)[-2000:] if made.returncode else ""


def attack(trial: Trial, figure: Figure, program: Path, target: str, seconds: int) -> None:
    """One target, from its seeds on."""
    place = renew(trial.place / target)
    corpus, files = renew(place / "corpus"), renew(place / "files")
    for number, seed in enumerate([*seeds(target), *found(target), *kept(target)]):
        (corpus / str(number)).write_bytes(seed)
    variables = {**os.environ, "HENG_FUZZ_TARGET": target, "HENG_FUZZ_FOLDER": str(files),
                 "HENG_FUZZ_PACK": str(PACK), "SWIFT_BACKTRACE": "enable=no",
                 "ASAN_OPTIONS": "detect_leaks=0"}
    bounds = ["-timeout=20", "-rss_limit_mb=4096", f"-max_len={LONGEST}",
              f"-artifact_prefix={place}/"]
    ended = subprocess.run(
        [program, f"-max_total_time={seconds}", *bounds, "-print_final_stats=1",
         f"-seed={trial.seed}", corpus],
        env=variables, capture_output=True, text=True, errors="replace", check=False)
    done = re.search(r"number_of_executed_units: (\d+)", ended.stderr)
    figure.count(target, int(done[1]) if done else 0)
    if ended.returncode:
        left = [str(path) for path in place.iterdir() if path.is_file()]
        figure.fault("crashed or hung", f"{target}; {', '.join(left)}", ended.stderr[-3000:])
    elif not done:
        figure.fault("not run", target, ended.stderr[-1000:])
    elif os.environ.get("HENG_FUZZ_KEEP"):
        least = renew(place / "least")
        subprocess.run([program, "-merge=1", *bounds, least, corpus],
                       env=variables, capture_output=True, check=False)
        if left := [str(path) for path in place.iterdir() if path.is_file()]:
            figure.fault("crashed or hung", f"{target}; {', '.join(left)}", "while merging")
        keep(target, [path.read_bytes() for path in least.iterdir()])


def kept(target: str) -> list[bytes]:
    """What earlier attacks found to reach further."""
    path = KEPT / f"{target}.zip"
    if not path.exists():
        return []
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]


def keep(target: str, texts: list[bytes]) -> None:
    """Keeps the shortest texts that fit, in a file that is the same for the same texts."""
    KEPT.mkdir(exist_ok=True)
    left = MOST_KEPT
    shortest = sorted(set(texts), key=lambda text: (len(text), text))[:MOST_TEXTS]
    with zipfile.ZipFile(KEPT / f"{target}.zip", "w") as archive:
        for number, text in enumerate(shortest):
            left -= len(text)
            if left < 0:
                break
            archive.writestr(zipfile.ZipInfo(str(number)), text, zipfile.ZIP_DEFLATED)


def found(target: str) -> list[bytes]:
    """What once did harm."""
    return [path.read_bytes() for path in sorted((SOURCES / "found" / target).glob("*"))]


def seeds(target: str) -> list[bytes]:
    """Small true ones of each kind, of the example."""
    delivery = INPUTS / NAME
    sheets = sorted(delivery.rglob("*.csv"))
    rows = [rows_of(text_of(path)[0])[:6] for path in sheets]
    if target == "xml":
        return [path.read_bytes() for path in sorted(delivery.rglob("*.xml"))
                if path.stat().st_size < 20_000]
    if target in ("csv", "encoding"):
        return [b"\n".join(path.read_bytes().split(b"\n")[:6]) for path in sheets]
    if target == "json":
        return [json.dumps([dict(zip(table[0], row)) for row in table[1:]],
                           ensure_ascii=False).encode() for table in rows]
    if target == "page":
        return [page(table).encode() for table in rows]
    if target == "workbook":
        return [sheet(table).encode() for table in rows]
    if target == "spreadsheet":
        return [spreadsheet(table).encode() for table in rows]
    if target == "fields":
        cells = sorted({cell for table in rows for row in table for cell in row if cell})
        return [bytes((index % 251, index % 7)) + cell.encode()
                for index, cell in enumerate(cells[::5])]
    if target == "yaml":
        return [path.read_bytes()[:8000] for path in sorted(PACK.rglob("*.yaml"))]
    if target == "plan":
        return [path.read_bytes() for path in sorted(INPUTS.glob("*/run.yaml"))]
    rubrics = "\n".join(path.read_text() for path in sorted((PACK / "rubrics").glob("*.yaml")))
    told = re.findall(r"(?:value|when|score|require|points): [\"']?(.+?)[\"']?\n", rubrics)
    functions = re.findall(
        r'\("(.+?)", "', (PROJECT / "Tests/ExpressionsTests/EvaluateTests.swift").read_text())
    return [text.encode() for text in (*told, *functions)]


def page(table: list[list[str]]) -> str:
    """A table of a web page."""
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in table)
    return f"<html><body><table>{rows}</table></body></html>"


def spreadsheet(table: list[list[str]]) -> str:
    """A sheet as Office wrote it in XML in 2003, from behind its first tag."""
    rows = "".join("<Row>" + "".join(
        f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>"
        for row in table)
    return f'<Worksheet ss:Name="A"><Table>{rows}</Table></Worksheet></Workbook>'
