"""What acts on the world: records, letters, registries, publication."""
