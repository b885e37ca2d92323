"""Counting bytes as they come over the wire, compressed as the server sends them."""

import re
from dataclasses import dataclass
from typing import Final

import httpx

from lms.demo import PASSWORD
from tests.browser.serving import Site

_LINKED: Final = re.compile(
    r'<link rel="(?:stylesheet|icon)"[^>]*href="([^"]+)"|<script src="([^"]+)"'
    r'|<use href="([^"#]+)|<img[^>]*? src="(/static/[^"]+)'
)
_PICTURES: Final = re.compile(r'<(?:img|source)[^>]*?(?:src|srcset)="(/media/[^" ]+)')
_TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Page:
    """One page as it was sent: its own bytes, and what it asks for besides."""

    path: str
    answer: httpx.Response
    html: int
    css: int
    js: int
    others: int
    pictures: dict[str, int]
    linked: tuple[str, ...]


class Wire:
    """A client that keeps nothing: each file is counted as at a first visit."""

    def __init__(self, site: Site, login: str = "") -> None:
        headers = {"Accept-Encoding": "br, gzip", "Accept": "text/html"}
        self.http = httpx.Client(base_url=site.url, headers=headers)
        self._weights: dict[str, int] = {}
        if login:
            token = _TOKEN.search(self.http.get("/en/sign-in").text)
            assert token
            fields = {"login": login, "password": PASSWORD, "csrf_token": token[1]}
            assert self.http.post("/en/sign-in", data=fields).status_code == 303

    def close(self) -> None:
        """Ends the connection."""
        self.http.close()

    def get(self, path: str, **headers: str) -> httpx.Response:
        """One answer, as it is."""
        return self.http.get(path, headers=headers, follow_redirects=True)

    def weight(self, path: str) -> int:
        """Bytes of one file on the wire."""
        if path not in self._weights:
            answer = self.get(path)
            assert answer.status_code == 200, f"{answer.status_code}: {path}"
            self._weights[path] = answer.num_bytes_downloaded
        return self._weights[path]

    def page(self, path: str) -> Page:
        """A page and everything it asks for."""
        answer = self.get(path)
        assert answer.status_code == 200, f"{answer.status_code}: {path}"
        html = answer.text
        linked = {next(filter(None, found)) for found in _LINKED.findall(html)}
        css = {path for path in linked if path.endswith(".css")}
        js = {path for path in linked if path.endswith(".js")}
        return Page(
            path=path,
            answer=answer,
            html=answer.num_bytes_downloaded,
            css=sum(map(self.weight, css)),
            js=sum(map(self.weight, js)),
            others=sum(map(self.weight, linked - css - js)),
            pictures={path: self.weight(path) for path in set(_PICTURES.findall(html))},
            linked=tuple(sorted(linked)),
        )
