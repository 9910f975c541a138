"""Mailings: how fast letters leave, beside the bare client; and what a worker that is killed costs."""
