"""Documents to print, written by Typst as PDF that screen readers read (PDF/UA-1)."""
