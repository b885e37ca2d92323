"""What every page must keep to: axe, nothing wider than the screen, targets for a thumb, a title,
a language, and not one complaint of the browser."""

from pathlib import Path
from typing import Final

from tests.browser.visiting import PHONE, Visit

_HERE: Final = Path(__file__).parent
_AXE: Final = (_HERE / "axe" / "axe.min.js").read_text()
_LOOKING: Final = (_HERE / "looking.js").read_text()
_TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN: Final = """tags => axe.run(document, {
  runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], iframes: false,
}).then(found => found.violations.flatMap(violation => violation.nodes.map(node =>
  `axe ${violation.id}: ${node.html.slice(0, 160)} – ${node.failureSummary.split('\\n')[1]}`)))
"""
NARROW: Final = 320
TARGET: Final = 44


def problems_of(visit: Visit, language: str, *, axe: bool = True) -> list[str]:
    """Everything wrong with the page that is shown. Without scripts axe cannot run: say so."""
    found = [*visit.troubles, *_head(visit, language)]
    visit.troubles.clear()
    visit.page.evaluate(_LOOKING)
    if axe:
        visit.page.evaluate(_AXE)
        found += visit.page.evaluate(_RUN, _TAGS)
    found += visit.page.evaluate("least => looking.smallTargets(least)", TARGET)
    visit.page.set_viewport_size({"width": NARROW, "height": PHONE["height"]})
    found += [f"at {NARROW} px {each}" for each in visit.page.evaluate("() => looking.overflow()")]
    visit.page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    return [f"{visit.path}: {each}" for each in found]


def _head(visit: Visit, language: str) -> list[str]:
    title, lang = visit.page.title(), visit.page.locator("html").get_attribute("lang")
    said = [] if title.strip(" –") and " – " in title else [f"the title says nothing: “{title}”"]
    return said if lang == language else [*said, f"lang is {lang}, not {language}"]


def focus_problems(visit: Visit) -> list[str]:
    """Whether the focus is seen, and in the window."""
    visit.page.evaluate(_LOOKING)
    found: list[str] = visit.page.evaluate("() => looking.noFocusSeen()")
    return [f"{visit.path}: {each}" for each in found]
