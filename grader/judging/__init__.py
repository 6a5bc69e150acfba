"""A returned value against the expected one."""
