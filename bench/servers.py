"""Starting a server of its own for the benchmark, weighing it, and stopping it always."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

try:  # the library that the site itself takes
    from pysqlite3 import dbapi2 as sqlite
except ImportError:
    import sqlite3 as sqlite

ROOT: Final = Path(__file__).resolve().parent.parent
__all__ = ["ROOT", "DidNotStart", "Server", "environment", "running", "sqlite"]
_TICK: Final = os.sysconf("SC_CLK_TCK")


class DidNotStart(Exception):
    """The server ended, or gave no answer in time; what it said is the message."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its port, its first process, and the seconds to its first answer."""

    port: int
    pid: int
    seconds_to_answer: float

    def processes(self) -> list[int]:
        """The first process and its workers."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return [self.pid, *map(int, children.read_text().split())]

    def memory(self) -> float:
        """Megabytes (10⁶) of all processes together; what they share is counted once."""
        return sum(_pss(pid) for pid in self.processes()) / 1e6

    def cpu_seconds(self) -> float:
        """Processor time used so far by all processes."""
        return sum(_cpu(pid) for pid in self.processes())


def _pss(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


@contextmanager
def running(command: list[str], folder: Path, path: str, patience: float = 60) -> Iterator[Server]:
    """`python -m <command>` with its instance in `folder`, once it answers `path`."""
    port = _free_port()
    log = folder / "server.log"
    began = time.perf_counter()
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=folder,
            env=environment(folder, port),
            stdout=output,
            stderr=output,
        )
    try:
        _await(process, port, path, began + patience, log)
        yield Server(port, process.pid, time.perf_counter() - began)
    except Exception as problem:
        problem.add_note(f"{' '.join(command)} said:\n{log.read_text()[-2000:]}")
        raise
    finally:
        _stop(process)


def environment(folder: Path, port: int) -> dict[str, str]:
    """This environment without its own settings of the site."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LMS_")}
    given = {"LMS_INSTANCE_DIR": str(folder), "LMS_PORT": str(port), "PYTHONPATH": str(ROOT)}
    given["LMS_READ_ALOUD"] = "0"
    return {**kept, **given}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await(process: subprocess.Popen[bytes], port: int, path: str, until: float, log: Path) -> None:
    while time.perf_counter() < until and process.poll() is None:
        if _answers(port, path):
            return
        time.sleep(0.01)
    raise DidNotStart(log.read_text()[-2000:])


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
