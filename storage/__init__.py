"""What people wrote: tables, one function per act, one read per page."""
