"""For everybody: home, catalogue, course page, glossary, help, verifying a certificate."""
