"""Autograder for the mathematics of neural networks."""

__version__ = "0.1.0"
