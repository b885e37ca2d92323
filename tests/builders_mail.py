"""A mail server on this machine that keeps what is handed in, as it came over the wire."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class _Conversation(socketserver.StreamRequestHandler):
    server: "Postbox"

    def handle(self) -> None:
        self._say("220 here")
        for line in self.rfile:
            word = line.strip().upper()
            said = next((a for begins, a in self.server.says.items() if begins in word), None)
            if said is not None:
                self._say(said)
            elif word == b"DATA":
                self._say("354 go on")
                self._take_message()
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take_message(self) -> None:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.server.kept.append(b"".join(lines))
        self._say("250 kept")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class Postbox(socketserver.ThreadingTCPServer):
    """Takes messages on a port of its own."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.kept: list[bytes] = []
        self.says: dict[bytes, str] = {}
        """Words of a command, in capitals → what is answered instead of “ok”."""

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    @property
    def messages(self) -> list[EmailMessage]:
        """What was handed in so far."""
        return [message_from_bytes(data, policy=policy.default) for data in self.kept]


@contextmanager
def postbox() -> Iterator[Postbox]:
    """A mail server for the length of a test."""
    with Postbox() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
