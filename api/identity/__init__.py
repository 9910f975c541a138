"""Who asks: people by a session, programs by a token."""
