"""Heng as a process: started with a fault, a bound of time or memory, and measured."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import struct
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Mapping, Sequence

HERE = Path(__file__).resolve().parent.parent
PROJECT = HERE.parent.parent


@dataclass(frozen=True)
class Fault:
    """What the shim does at the n-th call that concerns a path under `under`."""

    calls: str
    under: tuple[Path, ...]
    at: int = 0
    then: str = "kill"
    error: int = 0
    lasting: bool = False

    def variables(self, state: Path) -> dict[str, str]:
        """The environment that tells the shim."""
        told = {
            "HENG_FAULT_CALLS": self.calls,
            "HENG_FAULT_UNDER": ":".join(str(path) for path in self.under),
            "HENG_FAULT_STATE": str(state),
            "HENG_FAULT_AT": str(self.at),
            "HENG_FAULT_THEN": self.then,
            "HENG_FAULT_ERRNO": str(self.error),
        }
        if self.lasting:
            told["HENG_FAULT_LASTING"] = "1"
        return told


@dataclass
class Outcome:
    """How a process ended, what it said, and what it took."""

    command: list[str]
    status: int
    stdout: bytes
    stderr: bytes
    seconds: float
    megabytes: float
    timed_out: bool
    counted: int = 0
    faulted: int = 0
    fault: Fault | None = None

    @property
    def said(self) -> str:
        """Standard error as text."""
        return self.stderr.decode("utf-8", "replace")

    @property
    def told(self) -> str:
        """What to write down so that somebody can do it again."""
        line = " ".join(self.command)
        if self.fault and self.fault.at:
            what = self.fault.then + (f" {os.strerror(self.fault.error)}" if self.fault.error else "")
            line += f"   [{what} at {self.fault.calls} {self.fault.at}]"
        return line


@dataclass
class Heng:
    """The executable and the shim, and where they may leave things."""

    binary: Path
    scratch: Path
    shim: Path = field(init=False)
    lock: threading.Lock = field(default_factory=threading.Lock)
    started: int = 0

    def __post_init__(self) -> None:
        self.scratch.mkdir(parents=True, exist_ok=True)
        self.shim = self.scratch / "shim.so"
        compiler = next((c for c in ("clang", "cc", "gcc") if shutil.which(c)), None)
        if compiler is None:
            raise SystemExit("faults: neither clang nor cc was found, and the shim needs one")
        subprocess.run(
            [compiler, "-O2", "-shared", "-fPIC", "-o", self.shim, HERE / "shim.c"], check=True)

    def run(
        self, *words: str | Path, fault: Fault | None = None, record: Path | None = None,
        timeout: float = 120, memory: int | None = None, cwd: Path | None = None,
        variables: Mapping[str, str] | None = None, umask: int = -1,
        stdout: int | None = None, quiet_crash: bool = True,
    ) -> Outcome:
        """Runs a command to its end; `memory` is a bound of the address space in bytes."""
        with self.lock:
            self.started += 1
            name = f"{self.started:06}"
        command = [str(word) for word in words]
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(self.scratch),
                       "LANG": "C.UTF-8", **(variables or {})}
        if quiet_crash:
            # A trap is seen by its signal; the backtrace takes seconds.
            environment["SWIFT_BACKTRACE"] = "enable=no"
        state = self.scratch / f"{name}.state"
        if fault:
            state.write_bytes(bytes(16))
            environment |= fault.variables(state) | {"LD_PRELOAD": str(self.shim)}
            if record:
                record.mkdir(parents=True, exist_ok=True)
                environment["HENG_FAULT_RECORD"] = str(record)
        outcome = self._measure(command, environment, name, timeout, memory, cwd, umask, stdout)
        if fault:
            outcome.fault = fault
            outcome.counted, outcome.faulted = struct.unpack("QQ", state.read_bytes())
            state.unlink()
        return outcome

    def _measure(
        self, command: Sequence[str], environment: Mapping[str, str], name: str, timeout: float,
        memory: int | None, cwd: Path | None, umask: int, stdout: int | None,
    ) -> Outcome:
        import time

        said = [self.scratch / f"{name}.{kind}" for kind in ("out", "err")]

        def bound() -> None:
            # To be ended together with what it starts; a session of its own would take it out of
            # the priority that the whole was given.
            os.setpgid(0, 0)
            if memory is not None:
                resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        with open(said[0], "wb") as out, open(said[1], "wb") as err:
            began = time.monotonic()
            process = subprocess.Popen(
                [str(self.binary), *command], stdin=subprocess.DEVNULL,
                stdout=out if stdout is None else stdout, stderr=err, env=dict(environment),
                cwd=cwd, preexec_fn=bound, umask=umask)
            late = threading.Event()

            def stop() -> None:
                late.set()
                os.killpg(process.pid, signal.SIGKILL)

            # On a machine that has other things to do, waiting longer is not hanging.
            patience = max(1, 3 * os.getloadavg()[0] / (os.cpu_count() or 1))
            timer = threading.Timer(timeout * patience, stop)
            timer.start()
            _, status, used = os.wait4(process.pid, 0)
            timer.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            took = time.monotonic() - began
        # Time that others took from it is not its own.
        worked = min(took, used.ru_utime + used.ru_stime)
        outcome = Outcome(
            ["heng", *command], process.returncode, said[0].read_bytes(), said[1].read_bytes(),
            took if late.is_set() else worked, used.ru_maxrss / 1024, late.is_set())
        for path in said:
            path.unlink()
        return outcome
