"""What programs read: lists by key, fifty at a time, a constant number of queries."""
