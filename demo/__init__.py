"""A year of the trophies, played from the outside in a minute and a half."""
