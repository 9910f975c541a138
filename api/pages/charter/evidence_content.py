"""What a file that a company joins may not say, whatever its name: persons, one by one."""

from pathlib import Path

from activities.documents.reading import check_inert, text_of
from domain.charter.people_lists import looks_like_people
from domain.refusals import N_, Refusal

_PEOPLE = N_(
    "Ce PDF ressemble à une liste de personnes : des noms, des adresses ou des numéros s’y suivent. Il "
    "n’est pas joint, et nous n’en gardons rien. Joignez des totaux, ou la même pièce avec les noms "
    "masqués, puis enregistrée de nouveau en PDF."
)


async def check_content(path: Path, media_type: str) -> None:
    """Refuse a PDF that lists persons, acts by itself or cannot be read; an image says nothing that we could read."""
    await check_inert(path, media_type)
    if media_type == "application/pdf" and looks_like_people(await text_of(path)):
        raise Refusal(_PEOPLE)
