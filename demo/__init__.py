"""A year of the trophies, played from the outside in about a minute."""
