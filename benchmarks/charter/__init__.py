"""A thousand adherences to the charter, carried through five years of virtual time."""
