"""A student's own check: which assignment it is about, what it needs of it, and what is told."""
