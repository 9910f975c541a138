"""What may be joined to a report: aggregates as documents, never a table of people."""

from domain.edition import AttachmentLimits

# No spreadsheet: its rows are where names come from. The same kinds as the trophies take.
LIMITS = AttachmentLimits(
    count=30,
    bytes_each=10_000_000,
    bytes_total=100_000_000,
    types=("application/pdf", "image/jpeg", "image/png"),
)

# What a company joins to its reply to a complaint, and again to its appeal.
COMPLAINT_LIMITS = AttachmentLimits(
    count=10,
    bytes_each=10_000_000,
    bytes_total=50_000_000,
    types=LIMITS.types,
)
