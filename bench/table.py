"""Printing: the machine, the rows, the facts, and which aims are reached."""

import os
import platform
import time
from pathlib import Path
from statistics import median
from typing import Any, Final

from bench.contest import SITE, Spread, cpu_ratio, ratio, spread
from bench.load import CONNECTIONS
from bench.rows import FIXED, READ, WRITTEN, Result
from bench.servers import sqlite

AIMS: Final = {("lesson", READ): 0.7, ("lesson", FIXED): 0.25, ("answer", WRITTEN): 0.5}
_STAR: Final = 0.5
_AIMED_AT: Final = ("Lesson, signed in", "Quiz answer (POST)")
MEMORY: Final = 200.0
START: Final = 3.0
LEGEND: Final = (
    "a: the same bytes, fixed. b: one indexed read, one Jinja render of the same size. "
    "c: one durable one-row insert.\n"
    "All under the same gunicorn options, in turns; medians (least–most of the rounds). "
    "cpu: processor time of the whole server for one answer; in brackets the ratio it gives, "
    "which neighbours on the machine do not change."
)


def file_system(folder: Path) -> str:
    """The kind of file system a folder stands on; empty where that cannot be read."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    known = [line.split()[1:3] for line in mounts.read_text().splitlines()]
    above = [m for m in known if folder.resolve().is_relative_to(m[0])]
    return max(above, key=lambda mount: len(mount[0]))[1]


def heading(folder: Path) -> str:
    """The machine."""
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), load {os.getloadavg()[0]:.1f} before; "
        f"Python {platform.python_version()}, SQLite {sqlite.sqlite_version}; "
        f"{file_system(folder)}, one fsync {_fsync(folder):.2f} ms; "
        f"{CONNECTIONS} connections, no answer from a cache in front"
    )


def _fsync(folder: Path) -> float:
    times = []
    with (folder / "fsync").open("wb", buffering=0) as file:
        for _ in range(50):
            file.write(b"x" * 4096)
            began = time.perf_counter()
            os.fsync(file.fileno())
            times.append((time.perf_counter() - began) * 1000)
    return median(times)


def columns() -> str:
    """What the columns are."""
    head = f"{'':29}{'bytes':>8}{'answers/s':>22}{'p95 ms':>8}{'cpu ms':>8}  ratios"
    return f"{LEGEND}\n\n{head}"


def row(result: Result) -> str:
    """One line."""
    score = result.scores[SITE]
    compared = [name for name in result.scores if name != SITE]
    ratios = "   ".join(_ratio(result, name) for name in compared)
    size = f"{result.size:>8}" if result.size else f"{'':>8}"
    rate = _spread(spread(score.rates), 0)
    slow, cpu = median(score.slowest), median(score.cpu)
    return f"{result.name:29}{size}{rate:>22}{slow:>8.1f}{cpu:>8.2f}  {ratios}"


def _ratio(result: Result, to: str) -> str:
    found = ratio(result.scores, to)
    text = f"{_spread(found, 2)} of {to} [{cpu_ratio(result.scores, to):.2f}]"
    aim = AIMS.get((result.key, to)) if result.name in _AIMED_AT else None
    if aim is None:
        return text
    star = f", star {_STAR:g}" if (result.key, to) == ("lesson", FIXED) else ""
    return f"{text} (aim {aim:g}{star}: {_reached(found.middle >= aim)})"


def _spread(found: Spread, digits: int) -> str:
    return f"{found.middle:.{digits}f} ({found.least:.{digits}f}–{found.most:.{digits}f})"


def _reached(reached: bool) -> str:
    return "reached" if reached else "NOT reached"


def facts(found: dict[str, Any]) -> str:
    """Memory, start, bytes on the wire."""
    start, first, repeat = spread(found["start"]), found["first"], found["repeat"]
    lines = [
        "",
        f"Peak memory, all processes (PSS): {found['memory']:.0f} MB "
        f"(aim {MEMORY:.0f}: {_reached(found['memory'] <= MEMORY)})",
        f"Start to first answer: {_spread(start, 2)} s (aim {START:g}: "
        f"{_reached(start.middle <= START)}); the very first, which publishes the courses and "
        f"fills the demonstration: {found['first_start']:.1f} s",
        f"Lesson on the wire, br, first view: {first.bytes} bytes in {first.answers} answers "
        f"(the page: {first.page}); repeat view: {repeat.bytes} bytes in {repeat.answers}",
    ]
    if "figures_memory" in found:
        lines.append(
            f"Memory with the figures of 10⁵ completions: {found['figures_memory']:.0f} MB"
        )
    if "note" in found:
        lines.append(found["note"])
    return "\n".join(lines)
