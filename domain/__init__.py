"""The rules: what trophies and the charter are; no clock, no I/O."""
