"""The front ends: the command line, the notebook, pytest and nbconvert. Nothing below imports them."""
