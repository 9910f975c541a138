"""The acts of the year, in their order, each from the outside."""
