"""What a run leaves and goes on from: a line per submission, with what counts besides the code."""
