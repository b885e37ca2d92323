"""Courses, lessons, quizzes, the final test, my record, my certificates."""
