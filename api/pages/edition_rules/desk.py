"""The rules of one edition, and the national organiser who looks at them."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends

from api.dependencies import Db, SignedInViewer, Viewer
from api.errors import NotFound
from api.rights import check_organises_everything
from domain.template_editing import Surroundings
from storage.acts.edition_rules import EditedRules, rules_to_edit
from storage.editions import shipped_template

BASE = "/organisation/editions/{edition_code}/reglement"


@dataclass(frozen=True, slots=True)
class RulesDesk:
    """An edition, its template, and whoever may change them."""

    rules: EditedRules
    viewer: Viewer

    @property
    def base(self) -> str:
        """The address of these pages."""
        return f"/organisation/editions/{self.rules.edition.code}/reglement"

    @property
    def document(self) -> dict[str, Any]:
        """The template as it was written."""
        return self.rules.template.document

    @property
    def around(self) -> Surroundings:
        """What the edition already holds."""
        return Surroundings(self.rules.edition.year, self.rules.zones, self.rules.files, self.shelf)

    @property
    def shelf(self) -> tuple[dict[str, Any], ...]:
        """The rules of the template as it is shipped, which the edition may take back."""
        shipped = shipped_template(self.rules.template.code)
        return tuple(shipped.document["rules"]) if shipped else ()


async def _desk(edition_code: str, viewer: SignedInViewer, db: Db) -> RulesDesk:
    check_organises_everything(viewer)
    async with db.transaction() as session:
        rules = await rules_to_edit(session, edition_code)
    if rules is None:
        raise NotFound
    return RulesDesk(rules, viewer)


AtRules = Annotated[RulesDesk, Depends(_desk)]
