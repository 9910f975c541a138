"""Dealing files to jurors: time, memory and worth beside a greedy deal and a proven optimum."""
