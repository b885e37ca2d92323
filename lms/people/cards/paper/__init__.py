"""Cards on paper: one A7 card on an A4 sheet, or ten of a bank card's size."""

from lms.people.cards.paper.press import PaperCard, cards_pdf

__all__ = ["PaperCard", "cards_pdf"]
