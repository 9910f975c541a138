"""Whether pages slow down when the tables grow."""
