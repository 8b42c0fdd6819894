"""Prints how fast Heng is, in one table: beside the least reading of the same files, and beside
peers that do the same job in the same run, their results checked.

For each size a clean delivery is made; then all are measured in turns, so that what else the
machine does hits all alike. Ends with 1 if results of a peer differ from Heng's.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import pty
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

PEERS = Path(__file__).resolve().parent
PROJECT = PEERS.parents[2]
PACK = "inputs/rules/luoyang-2018"
RUBRIC = "party-building"
# As Heng's progress names a step that begins.
STAGE = re.compile(rb"\r([a-z]+) \xe2\x80\xa6 ")
NO_JAVA = "no Java"
UNKNOWN = "unknown"
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Cost:
    """What one run, or a step of it, took; peak memory in bytes is known of whole runs only."""

    seconds: float
    cpu: float
    peak: int = 0


@dataclass
class Row:
    """A line of the table."""

    what: str
    bytes: int = 0
    units: int = 0
    against: str = ""
    """The line that did the same job in Heng."""
    result: str = ""
    costs: list[Cost] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return median(cost.seconds for cost in self.costs)


class Table:
    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.work = Path(options.work)
        self.rows: dict[str, Row] = {}
        self.notes: list[str] = []
        self.differs = False

    def run(self) -> int:
        print(f"## Speed, {time.strftime('%Y-%m-%d', time.gmtime())}\n")
        for line in self.surroundings():
            print(f"- {line}")
        for units in self.options.units:
            self.measure(units)
            self.show(units)
        return 1 if self.differs else 0

    def measure(self, units: int) -> None:
        self.rows, self.notes = {}, []
        self.say(units, "making the delivery")
        self.folder = self.work / "delivery"
        shutil.rmtree(self.folder, ignore_errors=True)
        subprocess.run([self.options.heng, "synth", self.folder, "--units", str(units),
                        "--mess", "0", "--quiet"], cwd=PROJECT, check=True)
        self.units = units
        self.xml, self.text, self.files = sizes(self.folder)
        for run in range(self.options.runs):
            self.say(units, f"run {run + 1} of {self.options.runs}")
            self.floor()
            self.heng()
            self.polars()
            self.spark()
            # It repeats what it times by itself.
            if run == 0:
                self.duckdb()
        shutil.rmtree(self.folder)

    def floor(self) -> None:
        cost, printed = measured([self.options.floor, "floor", self.folder])
        taken = {name: int(re.sub(r"\D", "", last)) / 1000
                 for name, last in re.findall(r"^(\w+) .*?([\d.,]+)ms$", printed, re.MULTILINE)}
        self.add("floor: libxml2 over the XML, calling nothing", Cost(taken["XML"], 0), self.xml)
        self.add("floor: counting the lines of the CSV", Cost(taken["CSV"], 0), self.text)
        self.add("floor: both, one thread", Cost(taken["sum"], cost.cpu, cost.peak),
                 self.xml + self.text, against="Heng: whole run")

    def heng(self) -> None:
        reports = self.work / "reports"
        shutil.rmtree(reports, ignore_errors=True)
        whole, steps = staged([self.options.heng, "run", self.folder, "--rules", PROJECT / PACK,
                               "--reports", reports, "--lang", "en"])
        self.ranking = next(reports.glob(f"*/rankings/{RUBRIC}.csv"))
        self.add("Heng: whole run", whole, self.xml + self.text, against="Heng: whole run")
        for stage, cost in steps.items():
            reads = stage == "reading"
            self.add(f"Heng: … {stage}", cost, self.xml + self.text if reads else 0)
        ranked = list(steps.values())[:list(steps).index("writing")]
        self.add("Heng: these up to the ranks, all rubrics",
                 Cost(sum(cost.seconds for cost in ranked), sum(cost.cpu for cost in ranked)),
                 self.xml + self.text, against="Heng: whole run")

    def polars(self) -> None:
        if self.missing("polars", "lxml"):
            return
        results, facts = self.work / "polars.csv", self.work / "facts.parquet"
        cost, _ = measured([sys.executable, PEERS / "with_polars.py", self.folder, results])
        row = self.add("lxml + Polars: whole job, one rubric", cost, self.xml + self.text,
                       against="Heng: whole run")
        if not row.result:
            # Untimed: DuckDB is handed what the rubric reads.
            measured([sys.executable, PEERS / "with_polars.py", self.folder, results,
                      "--facts", facts])
        self.check(row, results)

    def duckdb(self) -> None:
        if self.missing("duckdb", "polars", "lxml"):
            return
        results = self.work / "duckdb.csv"
        whole, printed = measured([
            sys.executable, PEERS / "with_duckdb.py", self.work / "facts.parquet", results,
            "--runs", str(self.options.runs)])
        for line in printed.splitlines():
            row = self.add("DuckDB: scoring alone, one rubric",
                           Cost(peak=whole.peak, **json.loads(line)), against="Heng: … scoring")
        self.check(row, results)

    def spark(self) -> None:
        if self.units > self.options.spark_most:
            self.leave_out("Spark", f"asked for up to {self.options.spark_most:,} units only")
            return
        if self.missing("pyspark"):
            return
        if java() == NO_JAVA:
            self.leave_out("Spark", NO_JAVA)
            return
        results = self.work / "spark"
        shutil.rmtree(results, ignore_errors=True)
        settings = ("ui.enabled=false", "log.level=ERROR", "driver.memory=8g",
                    f"sql.warehouse.dir={self.work / 'spark-warehouse'}",
                    # Two tasks have no use for the 200 pieces that are the default.
                    "sql.shuffle.partitions=4", "sql.ansi.enabled=false",
                    # Else GB18030 is refused.
                    "sql.legacy.javaCharsets=true")
        cost, _ = measured([
            Path(sys.executable).with_name("spark-submit"), "--master", "local[2]",
            *(word for setting in settings for word in ("--conf", f"spark.{setting}")),
            PEERS / "with_spark.py", self.folder, results])
        row = self.add("Spark local[2]: whole job, one rubric", cost, self.xml + self.text,
                       against="Heng: whole run")
        self.check(row, next(results.glob("part-*.csv")))

    def add(self, what: str, cost: Cost, size: int = 0, against: str = "") -> Row:
        row = self.rows.setdefault(what, Row(what, size, self.units, against))
        row.costs.append(cost)
        return row

    def check(self, row: Row, results: Path) -> None:
        """In a process of its own: what this one holds would count as the peak of the next."""
        told = subprocess.run([sys.executable, PEERS / "agree.py", self.ranking, results],
                              capture_output=True, text=True, check=False)
        if told.returncode:
            self.differs = True
            row.result = "DIFFERENT"
            self.leave_out(row.what, told.stdout + told.stderr, "results differ")
        else:
            row.result = row.result or "equal"

    def missing(self, *packages: str) -> bool:
        lacking = [package for package in packages if not version_of(package)]
        if lacking:
            self.leave_out(packages[0], f"{', '.join(lacking)} not installed")
        return bool(lacking)

    def leave_out(self, what: str, why: str, how: str = "left out") -> None:
        note = f"{what}: {how}: {why.strip()}"
        if note not in self.notes:
            self.notes.append(note)

    def show(self, units: int) -> None:
        print(f"\n### {units:,} units: {self.files} files, {self.xml / 1e6:,.1f} MB of XML and "
              f"{self.text / 1e6:,.1f} MB of CSV\n")
        print("| what | seconds | least–most | CPU seconds | rate | peak MB | ÷ Heng | results |")
        print("| --- | --: | --: | --: | --: | --: | --: | --- |")
        for row in self.rows.values():
            print(f"| {' | '.join(self.cells(row))} |")
        for note in self.notes:
            print(f"\n{note}")
        sys.stdout.flush()

    def cells(self, row: Row) -> list[str]:
        seconds = [cost.seconds for cost in row.costs]
        cpu = median(cost.cpu for cost in row.costs)
        peak = max(cost.peak for cost in row.costs)
        rate = ("" if not row.seconds else f"{row.bytes / row.seconds / 1e6:,.0f} MB/s" if row.bytes
                else f"{row.units / row.seconds:,.0f} units/s")
        other = self.rows.get(row.against)
        return [row.what, f"{row.seconds:.3f}", f"{min(seconds):.3f}–{max(seconds):.3f}",
                f"{cpu:.2f}" if cpu else "", rate, f"{peak / 1e6:,.0f}" if peak else "",
                f"{row.seconds / other.seconds:.2f}" if other and other.seconds else "", row.result]

    def surroundings(self) -> list[str]:
        cpu = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
        packages = ", ".join(f"{name} {version_of(name) or 'not installed'}"
                             for name in ("lxml", "polars", "duckdb", "pyspark"))
        return [
            f"{os.cpu_count()} processors ({cpu[1] if cpu else platform.machine()}), "
            f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') >> 20:,} MB of memory, "
            f"Linux {platform.release()}; load {os.getloadavg()[0]:.1f} when this began",
            f"Heng {first_line(self.options.heng, '--version')}, libxml2 "
            f"{first_line('pkg-config', '--modversion', 'libxml-2.0')}",
            f"Python {platform.python_version()}, {packages}, {java()}",
            f"medians, number of runs: {self.options.runs}; all in turns; a peak is that of the "
            "largest process"]

    def say(self, units: int, what: str) -> None:
        print(f"{units:,} units: {what}", file=sys.stderr, flush=True)


def measured(command: list) -> tuple[Cost, str]:
    """Runs a command to its end; what it prints is returned."""
    began = time.perf_counter()
    with subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True,
                          cwd=PROJECT, env=os.environ | {"PYSPARK_PYTHON": sys.executable}) as run:
        printed = run.stdout.read()
        _, status, used = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
    cost = cost_of(used, time.perf_counter() - began)
    if run.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}: ended with {run.returncode}")
    return cost, printed


def staged(command: list) -> tuple[Cost, dict[str, Cost]]:
    """A run of Heng and its steps, which it names on a terminal as they begin."""
    began = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(PROJECT)
        os.execv(command[0], [str(word) for word in command])
    entered, told, seen = [], b"", 0
    while piece := read_terminal(terminal):
        told += piece
        while found := STAGE.search(told, seen):
            seen = found.end()
            entered.append((found[1].decode(), time.perf_counter() - began, cpu_so_far(process)))
    _, status, used = os.wait4(process, 0)
    whole = cost_of(used, time.perf_counter() - began)
    # 3: published, though more was found than the delivery tolerates.
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        raise SystemExit(told.decode(errors="replace"))
    ends = [*entered[1:], ("", whole.seconds, whole.cpu)]
    return whole, {stage: Cost(end - start, max(0.0, done - used))
                   for (stage, start, used), (_, end, done) in zip(entered, ends)}


def read_terminal(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:
        # How Linux says that nobody writes to it any more.
        return b""


def cpu_so_far(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def cost_of(used, seconds: float) -> Cost:
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def sizes(folder: Path) -> tuple[int, int, int]:
    """Bytes of XML, bytes of CSV, and how many files they are."""
    xml = [path.stat().st_size for path in folder.rglob("*.xml")]
    text = [path.stat().st_size for path in folder.rglob("*") if path.suffix in (".csv", ".txt")]
    return sum(xml), sum(text), len(xml) + len(text)


def version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def first_line(*command: str) -> str:
    try:
        told = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return UNKNOWN
    return (told.stdout or told.stderr).partition("\n")[0].strip() or UNKNOWN


def java() -> str:
    """What Spark would start."""
    home = os.environ.get("JAVA_HOME")
    told = first_line(f"{home}/bin/java" if home else "java", "-version")
    return NO_JAVA if told == UNKNOWN else told.replace('"', "")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--units", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--spark-most", type=int, default=100_000,
                           help="the largest number of units that Spark is given")
    arguments.add_argument("--heng", default=PROJECT / ".build/release/heng", type=Path)
    arguments.add_argument("--floor", default=PROJECT / ".build/release/Benchmarks", type=Path)
    arguments.add_argument("--work", default=PROJECT / ".build/bench", type=Path)
    options = arguments.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    return Table(options).run()


if __name__ == "__main__":
    sys.exit(main())
