"""What happens to an adherence, one function per act, each in one transaction."""
