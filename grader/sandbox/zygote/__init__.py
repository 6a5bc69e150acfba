"""The warm process that forks a confined one for each submission."""
