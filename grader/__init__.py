"""Autograder for the mathematics of neural networks."""
