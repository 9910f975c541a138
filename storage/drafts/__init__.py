"""What people write before they ask for anything: one function per act, in the page's transaction."""
