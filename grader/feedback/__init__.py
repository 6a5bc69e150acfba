"""A grade → what is said of it, to whom: causes become words here, and nowhere else."""
