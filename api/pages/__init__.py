"""The pages, one module or package per area, each with its ``router``."""
