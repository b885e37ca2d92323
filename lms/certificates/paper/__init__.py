"""The certificate as a paper: one page, A4 landscape, PDF/UA-1."""

from lms.certificates.paper.press import paper

__all__ = ["paper"]
