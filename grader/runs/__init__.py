"""A class graded: submissions → the record that a run leaves and goes on from."""
