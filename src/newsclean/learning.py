"""
Learning: what a corpus repeats, and so what its owner may want to tell newsclean.

One pass over the texts, each cleaned by the plain chain, finds

    prompts        lines and sentences that documents of one site share and the model of lines takes for prompts
    names          words that are unknown and stand with a capital inside sentences of several documents
    corrections    words that were suggested to be slips for one that the corpus has far more often

Nothing of it is applied: these are proposals, each with its evidence, for somebody to accept or reject.
Counts are kept within bounds, so that memory does not grow with the corpus.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from newsclean.chain import Result
from newsclean.cleaner import Cleaner
from newsclean.errors import InputError
from newsclean.formats import CONTROLS, toml_string
from newsclean.options import Options
from newsclean.prompting.given import OPEN_NUMBER, shape_of
from newsclean.prompting.model import model, probability
from newsclean.report import as_line
from newsclean.spelling.document import Document
from newsclean.workers import Death, Workers

MOST_KEYS = 200_000
"""Things of one kind that are counted at a time; beyond it the rarest are let go."""

MOST_WORDS = 1_000_000
"""Distinct words that are counted at a time."""

FEWEST = 3
"""Documents that must share something before it is proposed."""

PROBABLE = 0.4
"""What the model must give what several documents share. A line that only one has needs far more: see `Prompts`."""

SHORTEST_LINE, LONGEST_LINE = 3, 300
"""Words and characters of a prompt: two words are a section or a byline, and what is long is an article's."""

INSIDE = 0.5
"""The part of its documents in which a name must stand with its capital inside a sentence, not at its front."""

DOMINATING = 20
"""How many times as many documents must have the right word as the wrong one."""

BATCH = 64
"""Documents a worker gets at a time."""

EXAMPLES = 3
REACH = 40
"""Characters of an example on each side."""

BETWEEN = re.compile(r"(?<=[.!?…])\s+(?=[\"“(A-Z•-])")  # matches the space in "It rained. It stopped."
PREFIX = re.compile(r"(?:Mc|Mac|Fitz|La|Le|De|Di|[OD]['’])(?=[^\W\d_a-z])")  # matches "Mc" in "McGrath"


class Example(NamedTuple):
    """Where something was met: what stood before and behind it, and in which document."""

    left: str
    right: str
    document: str


class Proposal(NamedTuple):
    """Something to tell newsclean, and why."""

    kind: str
    """`prompt`, `name` or `correction`."""
    before: str
    after: str
    """What a correction writes; else empty."""
    documents: int
    """How many documents have it, at least."""
    evidence: str
    score: float
    examples: tuple[Example, ...]


class Met:
    """How often something was met, and where."""

    __slots__ = ("documents", "examples", "inside", "score")

    def __init__(self) -> None:
        self.documents = self.inside = 0
        self.score = 1.0
        self.examples: list[Example] = []

    def add(self, example: Example, is_inside: bool = True) -> None:
        """Count a document more."""
        self.documents += 1
        self.inside += is_inside
        if len(self.examples) < EXAMPLES:
            self.examples.append(example)


class Counts(dict[tuple[str, str], Met]):
    """
    Documents by what they have, within bounds.

    When there are too many keys, those met least often are let go. A count can then be too low, by `missed` at most,
    which keeps out of the proposals what is spread thin and never what is frequent.

    >>> counts = Counts(most=2)
    >>> for key in "aabcd":
    ...     counts.met((key, "")).add(Example("", "", ""))
    >>> sorted(key for key, _ in counts), counts.missed
    (['a', 'd'], 2)
    """

    def __init__(self, most: int = MOST_KEYS) -> None:
        super().__init__()
        self.missed = 0
        self._most = most

    def met(self, key: tuple[str, str]) -> Met:
        """Return what is known of a key, which is made where it is new."""
        if key not in self and len(self) >= self._most:
            self._let_go()
        return self.setdefault(key, Met())

    def _let_go(self) -> None:
        least = sorted(met.documents for met in self.values())[(len(self) - 1) // 2]
        for key in [key for key, met in self.items() if met.documents <= least]:
            del self[key]
        self.missed += least


class Text(NamedTuple):
    """A document to learn from."""

    site: str
    """Who published it; phrases are compared within a site."""
    name: str
    text: str


class Seen(NamedTuple):
    """What one document has to teach."""

    site: str
    phrases: dict[str, Example]
    """Lines and sentences that may be prompts, numbers left open."""
    names: dict[str, tuple[Example, bool]]
    """Unknown words that may be names, and whether they stand inside a sentence."""
    slips: dict[tuple[str, str], tuple[Example, float]]
    """What was suggested to be a slip, and for what; with the score."""
    words: set[bytes]


def seen(cleaner: Cleaner, document: Text) -> Seen:
    r"""
    Return what a document has to teach, once it has been cleaned.

    >>> found = seen(Cleaner(), Text("a.test", "1", "Rain. Jorinde Quux went home.\nYou and the harbour: our series"))
    >>> list(found.phrases), sorted(found.names)
    (['You and the harbour: our series'], ['Jorinde', 'Quux'])
    """
    result = cleaner.explain(document.text)
    words = Document(result.text)
    slips = dict(_slips(document, result))
    return Seen(
        document.site,
        dict(_phrases(document.name, result.text)),
        dict(_names(document.name, words)),
        slips,
        words.words,
    )


def _phrases(name: str, text: str) -> Iterator[tuple[str, Example]]:
    at = 0
    for line in text.split("\n"):
        bare = line.strip()
        first = at + line.find(bare)
        for start, end in phrases(bare):
            shape = shape_of(bare[start:end])
            if likelihood(shape) >= PROBABLE:
                yield shape, _example(text, first + start, first + end, name)
        at += len(line) + 1


def _names(name: str, document: Document) -> Iterator[tuple[str, tuple[Example, bool]]]:
    for word in document.unknown:
        at = next(document.places(word), None) if _may_be_name(word) else None
        if at is not None:
            yield word, (_example(document.text, at, at + len(word), name), not document.starts_sentence(at))


def _slips(document: Text, result: Result) -> Iterator[tuple[tuple[str, str], tuple[Example, float]]]:
    for start, end, before, after, parts in result.suggestions:
        if len(parts) == 1 and parts[0].rule.startswith("typos/"):
            yield (before, after), (_example(document.text, start, end, document.name), parts[0].score)


def _example(text: str, start: int, end: int, name: str) -> Example:
    return Example(text[max(0, start - REACH) : start], text[end : end + REACH], name)


class Task(NamedTuple):
    """Documents for a worker."""

    options: Options
    documents: tuple[Text, ...]


def do(task: Task) -> list[Seen]:
    """Do a task; this is what workers run."""
    cleaner = Cleaner(task.options)
    return [seen(cleaner, document) for document in task.documents]


def learn(documents: Iterable[Text], options: Options, fewest: int = FEWEST, jobs: int = 1) -> Learner:
    """
    Go through documents once.

    Args:
        documents: Read as needed, never all at once.
        options: How each is cleaned before.
        fewest: Documents that must share something.
        jobs: Processes; 0 for one a processor. The answer is the same whatever it is.

    Raises:
        InputError: If workers die of a document.
    """
    learner, documents = Learner(fewest), iter(documents)
    tasks = (Task(options, batch) for batch in iter(lambda: tuple(islice(documents, BATCH)), ()))
    if jobs == 1:
        for task in tasks:
            for each in do(task):
                learner.take(each)
        return learner
    with Workers(jobs, do) as workers:
        for task, answer in workers.answers(tasks):
            if isinstance(answer, Death):
                raise InputError(
                    f"documents {task.documents[0].name} to {task.documents[-1].name}: workers {answer.why}"
                )
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


def phrases(line: str) -> Iterator[tuple[int, int]]:
    """
    Yield where what may be a prompt stands in a line: the line, and its sentences if there are several.

    >>> line = "Rain fell on all of it. Sign up for more here. Yes."
    >>> [line[start:end] for start, end in phrases(line)]
    ['Rain fell on all of it. Sign up for more here. Yes.', 'Rain fell on all of it.', 'Sign up for more here.']
    """
    starts = [0, *(found.end() for found in BETWEEN.finditer(line))]
    ends = [*(found.start() for found in BETWEEN.finditer(line)), len(line)]
    spans = [(0, len(line)), *zip(starts, ends, strict=True)] if starts[1:] else [(0, len(line))]
    for start, end in spans:
        if end - start <= LONGEST_LINE and line.count(" ", start, end) >= SHORTEST_LINE - 1:
            yield start, end


@lru_cache(maxsize=100_000)
def likelihood(shape: str) -> float:
    """Return the probability that the model of lines gives a line or a sentence by itself, to be a prompt."""
    return probability(model().alone(shape.replace(OPEN_NUMBER, "7")).weight)


def _may_be_name(word: str) -> bool:
    """
    Tell whether a word is written as names are.

    >>> [word for word in ("LePage", "O'Malley", "I've", "YoY", "PolicyandTerms", "NATO", "Al") if _may_be_name(word)]
    ['LePage', "O'Malley"]
    """
    stem = PREFIX.sub("", word)
    return len(word) > 2 and stem.isalpha() and stem.istitle()


def as_toml(proposals: Iterable[Proposal], texts: int) -> str:
    """Return proposals as a configuration, each with its evidence behind it."""
    by_kind: dict[str, list[str]] = {"prompt": [], "name": [], "correction": []}
    for proposal in proposals:
        before, why = toml_string(proposal.before), " ".join(CONTROLS.sub(" ", proposal.evidence).split())
        entry = f"{before} = {toml_string(proposal.after)}" if proposal.after else f"    {before},"
        by_kind[proposal.kind].append(f"{entry}  # {why}\n")
    out = [f"# What newsclean learn proposes from {texts:,} documents. Strike out what is wrong before you use it.\n"]
    if by_kind["prompt"]:
        out += ["\n[prompts]\nremove = [\n", *by_kind["prompt"], "]\n"]
    if by_kind["name"] or by_kind["correction"]:
        out += ["\n[typos]\n"]
    if by_kind["name"]:
        out += ["allowed = [\n", *by_kind["name"], "]\n"]
    if by_kind["correction"]:
        out += ["\n[typos.corrections]\n", *by_kind["correction"]]
    return "".join(out)


RULES = {"prompt": "prompts/given", "name": "words/name", "correction": "typos/given"}


def as_log(proposals: Iterable[Proposal]) -> str:
    """Return proposals as suggestions in an edit log, a line for each example, for the review page."""
    lines: list[str] = []
    for proposal in proposals:
        rest = proposal.documents - len(proposal.examples)
        for number, (left, right, document) in enumerate(proposal.examples):
            row = {"id": document, "rule": RULES[proposal.kind], "start": 0, "end": len(proposal.before)}
            row |= {"before": proposal.before, "after": proposal.after, "score": proposal.score}
            row |= {"note": proposal.evidence, "context": [left, right], "suggested": True}
            lines.append(as_line(row | {"times": 1 + (0 if number else rest)}).decode())
    return "".join(lines)


def _order(proposal: Proposal) -> tuple[int, str]:
    return -proposal.documents, proposal.before
