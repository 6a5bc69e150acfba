"""The rules of a course: due times and extensions, a term, similarity. Nothing here reads a file or a database."""
