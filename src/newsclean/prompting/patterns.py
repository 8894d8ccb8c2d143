"""
Patterns that the options give: regular expressions of the user's own, which may run away and are stopped.

They are written for the module `regex`, which knows a timeout, and which is imported only where there are any.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.errors import ConfigError, PatternError

SECONDS = 1.0
"""How long one pattern may look at one line. Honest ones need some millionths of that."""


class Patterns:
    """
    The patterns of a user; a line that one of them matches from end to end is a prompt.

    Args:
        written: How they are written. Capitals count unless a pattern begins with `(?i)`.

    Raises:
        ConfigError: If one is no regular expression, or `regex` is not installed.
    """

    def __init__(self, written: Sequence[str]) -> None:
        try:
            import regex
        except ImportError:
            raise ConfigError("prompts.patterns needs regex: pip install 'newsclean[patterns]'") from None
        self._compiled = []
        for pattern in written:
            try:
                self._compiled.append(regex.compile(pattern))
            except regex.error as error:
                raise ConfigError(f"prompts.patterns: {pattern!r} is no regular expression: {error}") from None

    def match(self, line: str) -> bool:
        """
        Tell whether a pattern matches a line, which is stripped.

        Raises:
            PatternError: If a pattern takes longer than `SECONDS`.
        """
        for pattern in self._compiled:
            try:
                if pattern.fullmatch(line, timeout=SECONDS):
                    return True
            except TimeoutError:
                raise PatternError(
                    f"prompts.patterns: {pattern.pattern!r} took longer than {SECONDS:g} s on the line {line[:60]!r}, "
                    "so the text was left as it was; repeat nothing that is repeated inside, as (a+)+ does"
                ) from None
        return False
