"""One pass over all documents, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from newsclean.cleaner import Cleaner
from newsclean.errors import InputError
from newsclean.learning.counts import Counts
from newsclean.learning.proposals import Proposal
from newsclean.learning.seen import Seen, Text, likelihood, seen
from newsclean.options import Options
from newsclean.workers import Death, Workers

MOST_WORDS = 1_000_000
"""Distinct words that are counted at a time."""

FEWEST = 3
"""Documents that must share something before it is proposed."""

INSIDE = 0.5
"""The part of its documents in which a name must stand with its capital inside a sentence, not at its front."""

DOMINATING = 20
"""How many times as many documents must have the right word as the wrong one."""

BATCH = 64
"""Documents a worker gets at a time."""


class Task(NamedTuple):
    """Documents for a worker."""

    options: Options
    documents: tuple[Text, ...]


def do(task: Task) -> list[Seen]:
    """Do a task; this is what workers run."""
    cleaner = Cleaner(task.options)
    return [seen(cleaner, document) for document in task.documents]


def _parts(task: Task) -> list[Task]:
    """Take a task apart."""
    return [task._replace(documents=(document,)) for document in task.documents]


def learn(documents: Iterable[Text], options: Options, fewest: int = FEWEST, jobs: int = 1) -> Learner:
    """
    Go through documents once.

    Args:
        documents: Read as needed, never all at once.
        options: How each is cleaned before.
        fewest: Documents that must share something.
        jobs: Processes; 0 for one a processor. The answer is the same whatever it is.

    Raises:
        InputError: If a document ends the process that reads it.
    """
    learner, documents = Learner(fewest), iter(documents)
    tasks = (Task(options, batch) for batch in iter(lambda: tuple(islice(documents, BATCH)), ()))
    if jobs == 1:
        for task in tasks:
            for each in do(task):
                learner.take(each)
        return learner
    with Workers(jobs, do) as workers:
        for task, answer in workers.answers_in_parts(tasks, _parts):
            if isinstance(answer, Death):
                raise InputError(f"document {task.documents[0].name}: the process that read it was {answer.why}")
            for each in answer:
                learner.take(each)
    return learner


class Learner:
    r"""
    What was met in the documents so far.

    >>> texts = (Text("a.test", str(n), "Rain fell, and Jorinde Quux went home.") for n in range(3))
    >>> [(proposal.kind, proposal.before, proposal.documents) for proposal in learn(texts, Options()).proposals()]
    [('name', 'Jorinde', 3), ('name', 'Quux', 3)]
    """

    def __init__(self, fewest: int = FEWEST) -> None:
        self.texts = 0
        self._fewest = fewest
        self._sites: dict[str, int] = {}
        self._lines, self._words, self._slips = Counts(), Counts(), Counts()
        self._documents: dict[bytes, int] = {}
        """Documents by the words they have. The words of a language are soon met; those of one document are let go."""

    def take(self, document: Seen) -> None:
        """Count what a document has."""
        self.texts += 1
        self._sites[document.site] = self._sites.get(document.site, 0) + 1
        for shape, example in document.phrases.items():
            self._lines.met((document.site, shape)).add(example)
        for word, (example, is_inside) in document.names.items():
            self._words.met((word, "")).add(example, is_inside)
        for pair, (example, score) in document.slips.items():
            met = self._slips.met(pair)
            met.add(example)
            met.score = min(met.score, score)
        for known in document.words:
            self._documents[known] = self._documents.get(known, 0) + 1
        if len(self._documents) > MOST_WORDS:
            self._documents = {word: count for word, count in self._documents.items() if count > 1}

    def proposals(self) -> Iterator[Proposal]:
        """Yield what to tell newsclean: prompts, names, corrections, of each kind the frequent first."""
        yield from sorted(self._prompts(), key=_order)
        yield from sorted(self._names(), key=_order)
        yield from sorted(self._corrections(), key=_order)

    def _prompts(self) -> Iterator[Proposal]:
        for (site, line), met in self._lines.items():
            if met.documents >= self._fewest:
                evidence = f"in {met.documents} of {self._sites[site]} documents" + (f" of {site}" if site else "")
                score, examples = round(likelihood(line), 3), tuple(met.examples)
                yield Proposal("prompt", line, "", met.documents, evidence, score, examples)

    def _names(self) -> Iterator[Proposal]:
        for (word, _), met in self._words.items():
            is_name = met.inside >= INSIDE * met.documents and word.lower().encode() not in self._documents
            if met.documents >= self._fewest and is_name:
                evidence = f"in {met.documents} documents, in {met.inside} of them inside a sentence"
                yield Proposal("name", word, "", met.documents, evidence, 1.0, tuple(met.examples))

    def _corrections(self) -> Iterator[Proposal]:
        for (wrong, right), met in self._slips.items():
            others = min(self._documents.get(word.encode(), 0) for word in right.split())
            if others >= DOMINATING * met.documents:
                evidence = f"in {met.documents} of {self.texts} documents; {others} have {right!r}"
                yield Proposal("correction", wrong, right, met.documents, evidence, met.score, tuple(met.examples))


def _order(proposal: Proposal) -> tuple[int, str]:
    return -proposal.documents, proposal.before
