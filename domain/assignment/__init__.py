"""Deal files to jurors: an exact flow, its rules, its repair, and its reasons."""
