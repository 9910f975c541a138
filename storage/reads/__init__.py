"""What each page shows, read in a constant number of queries."""
