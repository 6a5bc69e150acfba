"""Layouts of downloads, one module for each learning management system."""
