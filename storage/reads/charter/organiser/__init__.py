"""What the pages of those who run the charter show, one function per page."""
