"""What travels through Temporal: ids, codes, instants and small numbers, never a name or a text."""
