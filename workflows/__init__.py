"""What waits for people or dates, one workflow per file."""
