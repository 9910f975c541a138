"""The pages of the charter: to enter it, to report, to follow it, to run it."""
