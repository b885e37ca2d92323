"""Kiosks: machines that an office has enrolled, and who sat at them without a card."""
