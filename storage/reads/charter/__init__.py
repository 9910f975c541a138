"""What the pages of the charter show, one module per page."""
