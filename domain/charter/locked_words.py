"""Words that a charter may not use without a certification scheme or a public authority.

Source: directive (EU) 2024/825, and article L121-4 of the French consumer code.
"""

import re
from collections.abc import Mapping
from typing import cast

from domain.template_reading import Node

_LOCKED = re.compile(r"label|certifi", re.IGNORECASE)
# What the law likes to read: that it is neither.
_DENIALS = ("ni une certification ni un label", "neither a certification nor a label")


def check_words(node: Node) -> None:
    """Refuse a text that calls the charter a label or a certification, where it does so."""
    value: object = node.value
    if isinstance(value, str):
        _check(node, value)
    elif isinstance(value, list | tuple):
        for item in node.each():
            check_words(item)
    elif isinstance(value, Mapping):
        for key in cast("Mapping[str, object]", value):
            check_words(node.at(key))


def _check(node: Node, text: str) -> None:
    for denial in _DENIALS:
        text = text.replace(denial, "")
    found = _LOCKED.search(text)
    if found:
        node.fail(f"“{found[0]}” is locked while certification_scheme is empty")
