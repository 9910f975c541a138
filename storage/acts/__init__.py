"""What workflows change: one function per act, each in one transaction with its trace and letters."""
