"""Relais: bilingual learning for the postal world, where every figure can be traced to its rows."""
