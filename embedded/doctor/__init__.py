"""Look at an installation and say in a line each what is well, weak or wrong."""
