"""The lectures' mathematics in NumPy."""
