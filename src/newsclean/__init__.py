r"""
newsclean cleans English news text and keeps every change on record.

    newsclean.clean(text)        the clean text
    newsclean.explain(text)      the same text, with every edit and suggestion: Result
    newsclean.Cleaner(options)   built once and reused; clean_many and explain_many for many texts
    newsclean.decode(data)       text from the bytes of a file
    newsclean.clean_record_batch(batch, column), clean_table(table, column)      rows in Arrow: newsclean.arrow

>>> import newsclean
>>> newsclean.clean("Rain  fell.\n\n\n\nAdvertisement\n\nThen the sun came out.")
'Rain fell.\n\nThen the sun came out.'
>>> [edit[:4] for edit in newsclean.explain("Rain  fell.").edits]
[(4, 6, '  ', ' ')]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from newsclean.chain import Result
from newsclean.cleaner import Cleaner
from newsclean.decoding import Decoded, decode
from newsclean.edits import Edit, Part, Replacement
from newsclean.errors import ConfigError, DataError, EditError, InputError, NewscleanError, PatternError
from newsclean.normalizers.encoding import EncodingOptions
from newsclean.normalizers.prompts import PromptsOptions
from newsclean.normalizers.typos import TyposOptions
from newsclean.normalizers.whitespace import WhitespaceOptions
from newsclean.options import Options

if TYPE_CHECKING:
    from newsclean.arrow import clean_record_batch, clean_table

__version__ = "0.1.0"
__all__ = [
    "Cleaner",
    "ConfigError",
    "DataError",
    "Decoded",
    "Edit",
    "EditError",
    "EncodingOptions",
    "InputError",
    "NewscleanError",
    "Options",
    "Part",
    "PatternError",
    "PromptsOptions",
    "Replacement",
    "Result",
    "TyposOptions",
    "WhitespaceOptions",
    "clean",
    "clean_many",
    "clean_record_batch",
    "clean_table",
    "data_version",
    "decode",
    "explain",
    "explain_many",
]

data_version: str
"""The state of the dictionaries: the day they were built and the first digits of their digest."""


def clean(text: str, options: Options = Options()) -> str:
    """
    Return the clean text: the same object where nothing needs cleaning.

    Raises:
        TypeError: If given anything but a str; bytes must be decoded first.
        ConfigError: If the options name an unknown stage or rule.

    >>> clean("Rain  fell.")
    'Rain fell.'
    """
    return Cleaner(options).clean(text)


def explain(text: str, options: Options = Options()) -> Result:
    """
    Return the clean text with every edit that led to it, and every suggestion; see `clean`.

    >>> explain("Rain  fell.").undo()
    'Rain  fell.'
    """
    return Cleaner(options).explain(text)


def clean_many(texts: Iterable[str | None], options: Options = Options(), jobs: int = 1) -> Iterator[str | None]:
    """
    Yield the clean form of each text, in order; see `Cleaner.clean_many`.

    >>> list(clean_many(["a  b", None]))
    ['a b', None]
    """
    return Cleaner(options).clean_many(texts, jobs)


def explain_many(texts: Iterable[str | None], options: Options = Options(), jobs: int = 1) -> Iterator[Result | None]:
    """Yield the result for each text, in order; see `Cleaner.clean_many`."""
    return Cleaner(options).explain_many(texts, jobs)


def __getattr__(name: str) -> Any:
    if name in ("clean_record_batch", "clean_table"):
        from newsclean import arrow

        return getattr(arrow, name)
    if name == "data_version":
        from newsclean.resources import data_version

        return data_version()
    raise AttributeError(f"module 'newsclean' has no attribute {name!r}")
