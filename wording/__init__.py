"""What pages and letters both need to say things well: the two languages, and typography."""
