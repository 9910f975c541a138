"""France as tiles: where each region is drawn, from our own file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from domain.template_reading import Node
from storage.territories import FRANCE

TILES = FRANCE.with_name("tiles-v1.yaml")


@dataclass(frozen=True, slots=True)
class Tile:
    """A region's place on the grid, counted from one."""

    column: int
    row: int


@cache
def tiles() -> Mapping[str, Tile]:
    """The place of each region, by its code."""
    root = Node(yaml.safe_load(TILES.read_text(encoding="utf-8")))
    return {
        tile.at("code").text(): Tile(tile.at("column").whole(), tile.at("row").whole())
        for tile in root.at("tiles").each()
    }
