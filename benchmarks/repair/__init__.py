"""Juries that lose somebody: what is repaired, and how many readings change hands."""
