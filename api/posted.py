"""What a form says, once it is known to be ours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from api.errors import FormNotOurs, TooLarge, TooManyParts
from api.security import is_ours
from domain.texts import is_blank

# Carried by every form and of no use to the person who typed.
UNSAID = frozenset({"csrf_token", "request_id"})
# Characters that no keyboard types and that PostgreSQL refuses or that break a page, halves of
# characters among them: some encodings that a form may claim to be in can write those.
_UNTYPEABLE = dict.fromkeys((*range(9), 11, *range(14, 32), 127, *range(0xD800, 0xE000)))
LARGEST_FIELD = 1_000_000
# More than any page has, so that the page itself may say that there are too many.
MOST_FILES = 300
MOST_FIELDS = 2000
_NEW_LINES = str.maketrans({"\r": "\n"})


@dataclass(frozen=True, slots=True)
class PostedForm:
    """The fields that came, in their order, and the files."""

    fields: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, UploadFile], ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """The first value of that name, or the default."""
        return next((value for field, value in self.fields if field == name), default)

    def getlist(self, name: str) -> list[str]:
        """Every value of that name."""
        return [value for field, value in self.fields if field == name]

    def file(self, name: str) -> UploadFile | None:
        """The file of that name, unless the person chose none."""
        return next((file for field, file in self.files if field == name and file.filename), None)

    def __contains__(self, name: object) -> bool:
        return any(field == name for field, _ in self.fields)

    def __iter__(self) -> Iterator[str]:
        return iter(dict(self.fields))

    def items(self) -> tuple[tuple[str, str], ...]:
        """Every field with its value, without what only the machine reads."""
        return tuple((name, value) for name, value in self.fields if name not in UNSAID)

    def under(self, prefix: str) -> Mapping[str, str]:
        """The fields called ``<prefix><rest>``, by what follows the prefix."""
        return {
            name.removeprefix(prefix): value
            for name, value in self.fields
            if name.startswith(prefix)
        }


async def typed_in(request: Request) -> PostedForm:
    """What the form of a request says, read once however often it is asked."""
    known: PostedForm | None = getattr(request.state, "posted", None)
    if known is None:
        known = _read(await _decoded(request))
        request.state.posted = known
    return known


async def checked_form(request: Request, key: str, browser: str) -> PostedForm:
    """The form of a request, if it is one that we gave to this browser."""
    posted = await typed_in(request)
    if not is_ours(key, browser, posted.get("csrf_token")):
        raise FormNotOurs(posted.items())
    return posted


async def _decoded(request: Request) -> FormData:
    """The form as it came; what claims an encoding that cannot be read is unreadable."""
    try:
        return await request.form(
            max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD
        )
    except UnicodeError:
        raise HTTPException(400) from None
    except HTTPException as error:
        # The parser says in words only what was larger or more than it reads.
        if "exceeded maximum size" in str(error.detail):
            raise TooLarge(LARGEST_FIELD) from None
        if str(error.detail).startswith("Too many"):
            raise TooManyParts from None
        raise


def _read(form: FormData) -> PostedForm:
    items = form.multi_items()
    return PostedForm(
        fields=tuple(
            (_clean(name), _clean(value)) for name, value in items if isinstance(value, str)
        ),
        files=tuple((name, value) for name, value in items if isinstance(value, UploadFile)),
    )


def _clean(text: str) -> str:
    """Text with one sort of line ends, as people count them, and only typeable characters.

    What nobody sees says nothing: a reason is not given by characters without ink.
    """
    typed = text.replace("\r\n", "\n").translate(_NEW_LINES).translate(_UNTYPEABLE)
    return "" if is_blank(typed) else typed
