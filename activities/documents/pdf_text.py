"""Say what a PDF says, on the standard output: run apart, with little time and little memory.

Run as a program, by its path, on the path of the file. What a stranger joined may be made to keep a
reader busy for ever, or to fill the memory: it takes down this process, and no other.
"""

import resource
import sys

from pypdf import PdfReader

MEMORY, SECONDS = 1_000_000_000, 10
PAGES, CHARACTERS = 200, 1_000_000
LOCKED, UNREADABLE = 3, 4


def main(path: str) -> int:
    """Write the text of every page twice, as it flows and as it is laid out; answer how it went."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        reader = PdfReader(path, strict=False)
        if reader.is_encrypted and not _opens(reader):
            return LOCKED
        left = CHARACTERS
        for page in reader.pages[:PAGES]:
            said = page.extract_text() + "\n" + page.extract_text(extraction_mode="layout") + "\n"
            sys.stdout.write(said[:left])
            left -= len(said)
            if left <= 0:
                break
    except Exception:  # noqa: BLE001  (whatever is wrong with it, it cannot be read)
        return UNREADABLE
    return 0


def _opens(reader: PdfReader) -> bool:
    """Whether it opens without a password, as those do that only forbid to print."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # noqa: BLE001  (a cipher that we do not have is as good as locked)
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
