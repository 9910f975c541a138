"""What people and programs ask: pages, and the REST interface."""
