"""What a view answers with: a template and the frozen value it is given."""

from dataclasses import dataclass
from typing import Any

from flask import render_template


@dataclass(frozen=True, slots=True)
class Page:
    """Rendered after the write transaction has ended, never inside it."""

    template: str
    page: Any
    status: int = 200

    def render(self) -> str:
        """The HTML."""
        return render_template(self.template, page=self.page)


def show(template: str, page: Any = None, status: int = 200) -> Page:
    """Answers with a page; `page` is the template's frozen value."""
    return Page(template, page, status)
