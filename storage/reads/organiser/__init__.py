"""What the organiser's pages show."""
