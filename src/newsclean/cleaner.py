"""A cleaner: options with their chain, for one text or for many, in one process or in several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple, TypeAlias, TypeVar

from newsclean.chain import Result
from newsclean.errors import InputError
from newsclean.options import Options, chain_for

BATCH = 256
"""Texts a worker gets at a time: enough to hide what passing them costs."""

MOST = 64_000_000
"""Bytes of UTF-8 that one text of a corpus may have: newspapers print none so long, so it is something else."""


class Cleaner:
    """
    Cleans texts as its options say.

    Build it once and use it again: it holds no state that cleaning changes, so threads may share one.
    It pickles as its options; data is loaded once a process, when the first text needs it.

    Raises:
        ConfigError: If the options name an unknown stage or rule.

    >>> cleaner = Cleaner(Options(only=("whitespace",)))
    >>> cleaner.clean("Rain  fell.")
    'Rain fell.'
    >>> list(cleaner.clean_many(["a  b", None, "c"]))
    ['a b', None, 'c']
    """

    def __init__(self, options: Options = Options()) -> None:
        self.options = options
        self._chain = chain_for(options)

    @classmethod
    def of(cls, options: Options | Cleaner) -> Cleaner:
        """Return a cleaner for these options, or the one that was given."""
        return options if isinstance(options, Cleaner) else cls(options)

    def __reduce__(self) -> tuple[type[Cleaner], tuple[Options]]:
        return type(self), (self.options,)

    def __repr__(self) -> str:
        return f"Cleaner({self.options!r})"

    def clean(self, text: str) -> str:
        """
        Return the clean text: the same object where nothing needs cleaning.

        Raises:
            TypeError: If given anything but a str; bytes must be decoded first.
        """
        return self.explain(text).text

    def explain(self, text: str) -> Result:
        """
        Return the clean text with every edit that led to it, and every suggestion.

        Raises:
            TypeError: If given anything but a str; bytes must be decoded first.
        """
        if not isinstance(text, str):
            raise TypeError(_not_text(text))
        return self._chain.explain(text)

    def clean_many(self, texts: Iterable[str | None], jobs: int = 1) -> Iterator[str | None]:
        """
        Yield the clean form of each text, in order; None passes through as None.

        Args:
            texts: Read as needed, never all at once.
            jobs: Processes to use; 0 for one a processor. The answers are the same whatever it is. With more than one
                the calling script needs the usual `if __name__ == "__main__":`, for each process imports it.

        Raises:
            TypeError: If one of them is neither a str nor None, or they are one str, whose characters are no texts.
            InputError: If a text ends the process that cleans it, such as for want of memory.
            ConfigError: If the number of processes is none, or negative, or if none can start.
        """
        return _many(_clean_batch, self, texts, jobs)

    def explain_many(self, texts: Iterable[str | None], jobs: int = 1) -> Iterator[Result | None]:
        """Yield the result for each text, in order; None passes through as None. See `clean_many`."""
        return _many(_explain_batch, self, texts, jobs)


class Refused(NamedTuple):
    """In place of a result: why a text was left as it is."""

    reason: str


def attempt(cleaner: Cleaner, text: str, most: int = MOST) -> Result | Refused:
    """
    Clean one text of a corpus, so that whatever is wrong with it costs no other.

    Args:
        cleaner: What cleans it.
        text: The text.
        most: Bytes of UTF-8. A longer text is refused.

    >>> attempt(Cleaner(), "Rain  fell.").text
    'Rain fell.'
    >>> attempt(Cleaner(), "Rain fell.", most=5)
    Refused(reason='longer than 5 bytes: 10')
    """
    try:
        if len(text) > most // 4 and (size := _size(text)) > most:
            return Refused(f"longer than {most} bytes: {size}")
        return cleaner.explain(text)
    except Exception as error:  # whatever it is, it must not cost the others
        return Refused(f"cleaning raised {type(error).__name__}: {error}")


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


Answer = TypeVar("Answer", str, Result)
Work: TypeAlias = Callable[["Cleaner", Iterable[str | None]], list[Answer | None]]


def _clean_batch(cleaner: Cleaner, texts: Iterable[str | None]) -> list[str | None]:
    return [None if text is None else cleaner.clean(text) for text in texts]


def _explain_batch(cleaner: Cleaner, texts: Iterable[str | None]) -> list[Result | None]:
    return [None if text is None else cleaner.explain(text) for text in texts]


def _many(work: Work[Answer], cleaner: Cleaner, texts: Iterable[str | None], jobs: int) -> Iterator[Answer | None]:
    """Yield the answers in order; work in this process, or send batches to others and keep a few under way."""
    if isinstance(texts, (str, bytes)):
        raise TypeError(f"newsclean got one {type(texts).__name__} for many texts: pass them in a list, as in [text]")
    texts = _checked(texts)
    if jobs == 1:
        for text in texts:
            yield from work(cleaner, (text,))
        return
    from newsclean.workers import Death, Workers

    done = 0
    with Workers(jobs, partial(work, cleaner)) as workers:
        for batch, answers in workers.answers_in_parts(_batched(texts), lambda batch: [[text] for text in batch]):
            if isinstance(answers, Death):
                raise InputError(
                    f"text {done} (from 0) ends the process that cleans it: {answers.why}; leave it out, "
                    "give the process more memory, or use newsclean bulk, which passes such rows through"
                )
            yield from answers
            done += len(batch)


def _checked(texts: Iterable[str | None]) -> Iterator[str | None]:
    """Yield the texts; of what is none tell which it is."""
    for number, text in enumerate(texts):
        if not (text is None or isinstance(text, str)):
            raise TypeError(f"text {number} (from 0): {_not_text(text)}")
        yield text


def _batched(texts: Iterator[str | None]) -> Iterator[list[str | None]]:
    """Yield batches; where reading raises, first those that were read before."""
    batch: list[str | None] = []
    try:
        for text in texts:
            batch.append(text)
            if len(batch) == BATCH:
                yield batch
                batch = []
    except Exception:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _not_text(value: object) -> str:
    """Tell somebody who passed something else what they did and what to do instead."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return (
            "newsclean got bytes, and cleans text. Bytes have no characters until they are decoded, and guessing how "
            "would damage some of them: decode them first with the encoding they are in, as in "
            'data.decode("utf-8"), or with newsclean.decode(data).text, which reads byte order marks.'
        )
    return f"newsclean got {type(value).__name__}, and cleans text: pass a str."
