"""Say by its exit code whether a PDF does more than show pages: run apart, with little time and memory.

A program in a PDF runs when somebody of a jury opens it; a file inside it was checked by nobody.
"""

import resource
import sys
from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

MEMORY, SECONDS = 1_000_000_000, 10
ACTIVE = 5
# ISO 32000-2: scripts, other programs, files inside the file, what it would send by itself.
KEYS = frozenset({"/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/RichMedia", "/XFA"})
ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition"}
)
# Where it cannot be parsed, names are still written in clear, unless they were made to hide.
CLEAR = tuple(name.encode() for name in sorted((KEYS | ACTIONS) - {"/EF"}))


def main(path: str) -> int:
    """ACTIVE, or 0: what cannot be read is judged by the names that it shows."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        reader = PdfReader(path, strict=False)
        if reader.is_encrypted:
            reader.decrypt("")
        return ACTIVE if _is_active(reader.trailer) else 0
    except Exception:  # noqa: BLE001  (whatever is wrong with it, it is judged by its bytes)
        content = Path(path).read_bytes()
        return ACTIVE if any(name in content for name in CLEAR) else 0


def _is_active(root: DictionaryObject) -> bool:
    """Whether something that can be reached from the root is a script, a program or a file."""
    waiting: list[object] = [root]
    seen: set[tuple[int, int]] = set()
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if (each.idnum, each.generation) not in seen:
                seen.add((each.idnum, each.generation))
                waiting.append(each.get_object())
        elif isinstance(each, DictionaryObject):
            # As text: what cannot be looked up in a set would end the search.
            if KEYS & each.keys() or str(each.get("/S")) in ACTIONS:
                return True
            waiting.extend(each.raw_get(key) for key in each)
        elif isinstance(each, ArrayObject):
            waiting.extend(each)
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
