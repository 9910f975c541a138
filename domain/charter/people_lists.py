"""Texts that look like a list of persons: a report speaks of totals, never of who was helped."""

import re

# Three are a list; one or two names thank a colleague.
A_LIST = 3
# « Karim BENALI », « BENALI Karim »: how registers write people; partners are rarely written so.
_UPPER, _PLAIN = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ’'-]+", r"[A-ZÀ-ÖØ-Þ][\w’'-]*[a-zà-öø-ÿ]"
_REGISTERED = re.compile(rf"(?:{_UPPER}[,;\t ]+{_PLAIN}|{_PLAIN}[,;\t ]+{_UPPER})\b.*")
# Any two names followed by an age, a date or a telephone number.
_DESCRIBED = re.compile(
    rf"{_PLAIN}\s+{_PLAIN}\b.*(?:\b\d{{1,2}} ?ans\b|\b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b|\b0\d(?:[ .]?\d{{2}}){{4}}\b).*"
)
_BULLET = re.compile(r"^[-•*\d.)\s]+")
_TITLED = re.compile(r"\b(?:M\.|Mme|Mr|Mrs|Ms|Monsieur|Madame)\s+[A-ZÀ-ÖØ-Þ]")
# The number by which social security knows a person, spaces or not.
_SOCIAL_NUMBER = re.compile(
    r"(?<!\d)[12]\s?\d{2}\s?(?:0[1-9]|1[0-2])\s?(?:\d{2}|2[AB])\s?\d{3}\s?\d{3}(?:\s?\d{2})?(?!\d)"
)
_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[a-z]{2,}", re.IGNORECASE)


def looks_like_people(text: str) -> bool:
    """Whether a text lists persons: names on lines, civil titles, addresses, or a social number."""
    if _SOCIAL_NUMBER.search(text):
        return True
    named = sum(_names_somebody(_BULLET.sub("", line).strip()) for line in text.splitlines())
    titled, addresses = len(_TITLED.findall(text)), len(_ADDRESS.findall(text))
    return max(named, titled, addresses) >= A_LIST


def _names_somebody(line: str) -> bool:
    return bool(_REGISTERED.fullmatch(line) or _DESCRIBED.fullmatch(line))
