"""Every page that can be reached by links, some of each kind."""

import re
from collections import Counter, deque
from collections.abc import Collection, Iterator
from typing import Final
from urllib.parse import urldefrag, urlsplit

from tests.browser.looking import problems_of
from tests.browser.serving import Site
from tests.browser.visiting import Visit

_FILE: Final = re.compile(r"\.[a-z0-9]{2,5}$")


class Crawl:
    """Follows links from some pages on: at most `of_a_kind` addresses of each view, one more with
    a query. Files are not opened but kept in `files`, one of each view."""

    def __init__(self, visit: Visit, known: Collection[str] = (), of_a_kind: int = 2) -> None:
        self.visit = visit
        self.files: dict[str, str] = {}
        self._of_a_kind = of_a_kind
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
        if self._times[kind] <= (1 if parts.query else self._of_a_kind):
            self._waiting.append(path)


def look_around(visit: Visit, crawl: Crawl, *starts: str) -> list[str]:
    """The problems of all pages that are reached, and of the same pages in the other language."""
    found: list[str] = []
    for _path in crawl.pages(*starts):
        french = visit.path
        found += problems_of(visit, "fr")
        visit.follow(visit.page.locator(".languages a"))
        in_english = french.replace("/fr/", "/en/").replace("%2Ffr%2F", "%2Fen%2F")
        assert visit.path == in_english, "the switch leads to the same place"
        found += problems_of(visit, "en")
    for path in crawl.files.values():
        answer = visit.context.request.get(path)
        if not answer.ok or not answer.body():
            found.append(f"{path}: {answer.status}, {len(answer.body())} bytes")
    return found


def views_of(site: Site, *prefixes: str) -> list[str]:
    """The views of some desks."""
    return [each for each in site.app.view_functions if each.startswith(prefixes)]


def told(problems: list[str]) -> str:
    """Each problem once, with how many pages have it and the first of them."""
    pages: dict[str, list[str]] = {}
    for problem in problems:
        path, _, sentence = problem.partition(": ")
        pages.setdefault(sentence, []).append(path)
    lines = (f"{said} – {len(found)} ×, {found[0]}" for said, found in pages.items())
    return "\n".join(["", *lines])
