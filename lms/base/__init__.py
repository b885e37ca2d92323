"""The ground floor: database, clock, ids, language text, Markdown to safe HTML, refusals."""
