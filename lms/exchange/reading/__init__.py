"""From the bytes of a file to a table of text: CSV however it was saved, and XLSX."""

from lms.exchange.reading.rows import is_small, read_sheet

__all__ = ["is_small", "read_sheet"]
