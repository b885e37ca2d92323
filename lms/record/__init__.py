"""WHAT HAPPENED: events, written once, for ever, and never changed."""
