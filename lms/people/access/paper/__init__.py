"""The sheet with a first one-time code."""

from lms.people.access.paper.press import Sheet, sheet_pdf

__all__ = ["Sheet", "sheet_pdf"]
