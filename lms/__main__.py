"""`python -m lms serve`."""

from lms.cli import main

main()
