"""Headcounts, as two desks show them: who may hand in, and what was handed in."""
