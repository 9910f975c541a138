"""Whether the adjusted ranking finds the true order better than the raw mean does."""
