"""What the service costs, measured beside a baseline in the same run."""
