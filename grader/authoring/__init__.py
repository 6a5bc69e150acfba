"""The instructor's kit: laying out an assignment, reading masters, releasing to students, and checking the checks."""
