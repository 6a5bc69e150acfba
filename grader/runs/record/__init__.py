"""What a run leaves and goes on from: a line per submission, with what counts beside the code."""
