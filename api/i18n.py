"""The two languages, under the name that pages know; they live in ``wording``."""

from wording.translations import (
    CATALOGUES,
    CODE,
    ROOT,
    conflicting_translations,
    language_of,
    missing_translations,
    translate,
    translations,
)

__all__ = [
    "CATALOGUES",
    "CODE",
    "ROOT",
    "conflicting_translations",
    "language_of",
    "missing_translations",
    "translate",
    "translations",
]
