"""Streams: a random name made at every start and kept in memory alone.

Nothing is ever appended to a stream found on disk, so a disk image that was put back or copied
cannot use a number twice.
"""

import time
import uuid
import weakref
from dataclasses import dataclass, field

from sqlalchemy import Engine


@dataclass(slots=True)
class Stream:
    """The stream this process writes to; `last_seq` is the highest number it saw committed."""

    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    last_seq: int = 0
    began: float = field(default_factory=time.monotonic)

    def milliseconds(self) -> int:
        """Monotonic time since the stream began."""
        return int((time.monotonic() - self.began) * 1000)


_open: "weakref.WeakKeyDictionary[Engine, Stream]" = weakref.WeakKeyDictionary()


def open_stream(engine: Engine) -> Stream:
    """Begins a new stream for this database; workers forked later share it."""
    _open[engine] = Stream()
    return _open[engine]


def stream_of(engine: Engine) -> Stream:
    """The stream opened at the start, or a new one."""
    return _open.get(engine) or open_stream(engine)
