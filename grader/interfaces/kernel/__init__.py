"""A check in the student's own kernel: the functions run where they were written, judged by the code of all grading."""
