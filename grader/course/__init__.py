"""The rules of a course: when things are due, and for whom otherwise. Nothing here reads a file or a database."""
