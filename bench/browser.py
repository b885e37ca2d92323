"""As much of a browser as the benchmark needs: cookies, forms, and a request as bytes."""

import re
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from typing import Final
from urllib.parse import urlencode

_INPUT: Final = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE: Final = re.compile(r'([\w-]+)="([^"]*)"')


class NotAsExpected(Exception):
    """A page did not answer as the benchmark counts on."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def wire(self) -> int:
        """Bytes on the wire: status line, headers, body."""
        head = sum(len(name) + len(value) + 4 for name, value in self.headers.items())
        return len("HTTP/1.1 200 OK\r\n") + head + 2 + len(self.body)


@dataclass(slots=True)
class Browser:
    """One person's browser, on one keep-alive connection."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: HTTPConnection | None = None

    def get(self, path: str, encoding: str = "identity", **headers: str) -> Answer:
        """One page."""
        return self._ask("GET", path, None, {"Accept-Encoding": encoding, **headers})

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """One form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(fields), kind)

    def sign_in(self, login: str, password: str) -> None:
        """Through the form, as anybody does."""
        form = hidden_fields(self.get("/fr/sign-in").text)
        answer = self.post("/fr/sign-in", {**form, "login": login, "password": password})
        if answer.status != 303:
            raise NotAsExpected(f"signing in as {login}: {answer.status}")

    def request(self, path: str, encoding: str = "identity", **headers: str) -> bytes:
        """The bytes of a GET with this browser's cookies."""
        return self._bytes("GET", path, "", {"Accept-Encoding": encoding, **headers})

    def form_request(self, path: str, fields: dict[str, str]) -> bytes:
        """The bytes of a POST with this browser's cookies."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._bytes("POST", path, urlencode(fields), kind)

    def _bytes(self, method: str, path: str, body: str, headers: dict[str, str]) -> bytes:
        sent = {"Host": f"127.0.0.1:{self.port}", **headers, **self._cookie()}
        if body:
            sent["Content-Length"] = str(len(body))
        lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        return f"{method} {path} HTTP/1.1\r\n{lines}\r\n{body}".encode()

    def _cookie(self) -> dict[str, str]:
        pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": pairs} if pairs else {}

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.connection.request(method, path, body, {**headers, **self._cookie()})
        response = self.connection.getresponse()
        answer = Answer(response.status, dict(response.getheaders()), response.read())
        for text in response.headers.get_all("Set-Cookie") or ():
            name, _, value = text.partition(";")[0].partition("=")
            self.cookies[name] = value
        if response.will_close:
            self.close()
        return answer

    def close(self) -> None:
        """Hangs up; the next request begins anew."""
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def _inputs(html: str) -> list[dict[str, str]]:
    return [
        {name: unescape(value) for name, value in _ATTRIBUTE.findall(found)}
        for found in _INPUT.findall(html)
    ]


def hidden_fields(html: str) -> dict[str, str]:
    """Name → value of the hidden fields of a page's main form."""
    main = html.partition("<main")[2]
    hidden = [each for each in _inputs(main) if each.get("type") == "hidden"]
    return {each["name"]: each.get("value", "") for each in hidden}


def first_choice(html: str) -> dict[str, str]:
    """The first radio button of a page, as a field."""
    radio = next(each for each in _inputs(html) if each.get("type") == "radio")
    return {radio["name"]: radio["value"]}
