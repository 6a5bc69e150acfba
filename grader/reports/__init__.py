"""Grades as tables and files: one function makes the tables, every format is a function of them."""
