"""The session where a jury deliberates: in which order, who presides, and how a vote is counted."""
