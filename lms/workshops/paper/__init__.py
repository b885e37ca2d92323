"""A workshop's list on paper and as a table for a spreadsheet."""

from lms.workshops.paper.press import attendance_pdf
from lms.workshops.paper.sheet import Sheet, SheetLine, sheet_of
from lms.workshops.paper.table import attendance_csv

__all__ = ["Sheet", "SheetLine", "attendance_csv", "attendance_pdf", "sheet_of"]
