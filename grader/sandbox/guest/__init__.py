"""What runs beside student code. Loaded by file, it imports nothing of the grader."""
