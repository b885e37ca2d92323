"""Taking a file in: keep it, check it, confirm it, take it back."""

from lms.exchange.actions.confirming import confirm_draft, import_of
from lms.exchange.actions.drafts import (
    check_draft,
    discard_draft,
    forget_old_drafts,
    keep_draft,
)
from lms.exchange.actions.undoing import undo_import

__all__ = [
    "check_draft",
    "confirm_draft",
    "discard_draft",
    "forget_old_drafts",
    "import_of",
    "keep_draft",
    "undo_import",
]
