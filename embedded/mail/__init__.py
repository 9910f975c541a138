"""A real SMTP server that keeps every letter on disk, with a page to read them."""
