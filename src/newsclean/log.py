"""The one logger, named `newsclean`: silent unless the program that uses the library listens."""

from __future__ import annotations


def warn(message: str, *arguments: object) -> None:
    """
    Log a warning through the standard library.

    `logging` is imported here and not before: most runs have nothing to say, and it would cost each cold start more
    than an empty interpreter takes.
    """
    from logging import NullHandler, getLogger

    logger = getLogger("newsclean")
    if not logger.handlers:
        logger.addHandler(NullHandler())
    logger.warning(message, *arguments)
