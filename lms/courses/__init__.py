"""WHAT: a folder of Markdown becomes an edition; quizzes and their marking."""
