"""A load generator in one process: keep-alive connections, nothing parsed but what is needed."""

import re
import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

CONNECTIONS: Final = 8
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_END: Final = b"\r\n\r\n"


class WrongAnswer(Exception):
    """The server answered with another status than the benchmark counts on."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """How many answers came in how many seconds, and how long each took, in seconds, sorted."""

    answers: int
    seconds: float
    times: tuple[float, ...]
    own_cpu: float

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return self.answers / self.seconds


class _Line:
    """One connection: a request, then its whole answer, again and again."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.waiting = bytearray()
        self.sent_at = 0.0
        self.asked = 0

    def ask(self, request: bytes) -> None:
        self.waiting.clear()
        self.asked += 1
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def hear(self) -> bytes | None:
        """The whole answer, once it is there."""
        part = self.socket.recv(262_144)
        if not part:
            raise WrongAnswer(f"closed at request {self.asked}; had {bytes(self.waiting)[:80]!r}")
        self.waiting += part
        head = self.waiting.find(_END)
        if head < 0:
            return None
        found = _LENGTH.search(self.waiting, 0, head)
        wanted = head + 4 + (int(found[1]) if found else 0)
        return bytes(self.waiting) if len(self.waiting) >= wanted else None


def press(
    port: int,
    requests: Iterator[bytes],
    *,
    status: int,
    seconds: float,
    connections: int = CONNECTIONS,
) -> Pressed:
    """Sends the requests over all connections, until they or the seconds run out. Each answer
    must have this status."""
    lines = [_Line(port) for _ in range(connections)]
    try:
        return _press(lines, requests, str(status).encode(), seconds)
    finally:
        for line in lines:
            line.socket.close()


def _press(lines: list[_Line], requests: Iterator[bytes], status: bytes, seconds: float) -> Pressed:
    times: list[float] = []
    cpu, began = time.process_time(), time.perf_counter()
    until, last, busy = began + seconds, began, 0
    with selectors.DefaultSelector() as selector:
        for line in lines:
            selector.register(line.socket, selectors.EVENT_READ, line)
            busy += _ask_next(line, requests, until)
        while busy:
            for key, _mask in selector.select(30):
                line = key.data
                answer = line.hear()
                if answer is None:
                    continue
                last = time.perf_counter()
                if answer[9:12] != status:
                    raise WrongAnswer(answer[:600].decode(errors="replace"))
                times.append(last - line.sent_at)
                busy += _ask_next(line, requests, until) - 1
    return Pressed(len(times), last - began, tuple(sorted(times)), time.process_time() - cpu)


def _ask_next(line: _Line, requests: Iterator[bytes], until: float) -> int:
    if time.perf_counter() >= until:
        return 0
    request = next(requests, None)
    if request is None:
        return 0
    line.ask(request)
    return 1
