"""Every page that can be reached by links, some of each kind."""

import re
from collections import Counter, deque
from collections.abc import Collection, Iterator
from typing import Final
from urllib.parse import urldefrag, urlsplit

from tests.browser.visiting import Visit

OF_A_KIND: Final = 2
_FILE: Final = re.compile(r"\.[a-z0-9]{2,5}$")


class Crawl:
    """Follows links from some pages on: at most two addresses of each view, one more with a
    query. Files are not opened but kept in `files`, one of each view."""

    def __init__(self, visit: Visit, known: Collection[str] = ()) -> None:
        self.visit = visit
        self.files: dict[str, str] = {}
        self._known = frozenset(known)
        self._seen: set[str] = set()
        self._led_to: set[str] = set()
        self._times: Counter[tuple[str, bool]] = Counter()
        self._waiting: deque[str] = deque()

    def pages(self, *starts: str) -> Iterator[str]:
        """Opens one page after another; its address while it is shown."""
        for start in starts:
            self._offer(start)
        while self._waiting:
            path = self._waiting.popleft()
            response = self.visit.go(path)
            assert response.status == 200, f"{response.status}: {path}"
            for link in self._links():
                self._offer(link)
            if self._is_new(path):
                yield path

    def _is_new(self, path: str) -> bool:
        """Whether the page that is shown is the one asked for, or one that was not seen yet."""
        shown = self.visit.path
        if shown == path:
            return True
        endpoint = self.visit.site.endpoint_of(shown)
        again = shown in self._seen or endpoint in self._known or endpoint in self._led_to
        self._led_to.add(endpoint)
        return not again

    def _links(self) -> list[str]:
        found: list[str] = self.visit.page.evaluate(
            "() => [...document.querySelectorAll('a[href]')].map(link => link.href)"
        )
        own = self.visit.site.url
        return [urldefrag(link).url.removeprefix(own) for link in found if link.startswith(own)]

    def _offer(self, path: str) -> None:
        parts = urlsplit(path)
        endpoint = self.visit.site.endpoint_of(parts.path)
        if path in self._seen or endpoint in self._known:
            return
        if not parts.path.startswith(f"/{self.visit.language}/"):
            return  # the other language's page is opened beside this one
        self._seen.add(path)
        assert endpoint, f"{self.visit.path} leads to {path}, where there is nothing"
        if _FILE.search(parts.path):
            self.files.setdefault(endpoint, path)
            return
        kind = (endpoint, bool(parts.query))
        self._times[kind] += 1
        if self._times[kind] <= (1 if parts.query else OF_A_KIND):
            self._waiting.append(path)
