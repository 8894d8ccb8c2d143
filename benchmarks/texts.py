"""
Texts to measure on: invented news, made from a seed, so that a figure can be had again anywhere.

No article here was ever printed. Sentences are built from lists of words, so that word counts and line lengths are
those of news while hardly a sentence comes twice.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from random import Random

SUBJECTS = (
    "The finance minister", "A spokesman for the city", "The union of dock workers", "Farmers in the north",
    "The court",
    "Two former generals", "The national airline", "Doctors at the main hospital", "The opposition leader",
    "Police in the capital", "A panel of scientists", "The football federation", "Residents of the old town",
    "The central bank", "An aide to the president", "Students at the university", "The country's largest retailer",
    "Rescue teams", "The foreign ministry", "Investors in the project", "The author of the report", "Local fishermen",
)  # fmt: skip
VERBS = (
    "said", "warned", "denied", "confirmed", "told reporters", "announced on Tuesday", "had expected", "acknowledged",
    "repeated late on Friday", "learned from letters", "argued before the committee", "hoped", "found", "insisted",
)  # fmt: skip
CLAUSES = (
    "that the talks would go on", "that prices had risen for the third month", "that no one was hurt in the fire",
    "that the bridge would be closed until spring", "that the vote could not be repeated",
    "that the figures were wrong",
    "that a new law was needed", "that the strike would cost the port millions", "that winter wheat was at risk",
    "that the team had lost its best player", "that the inquiry would take a year", "that the money had been returned",
    "that schools would open again on Monday", "that the border was calm", "that half the seats were still empty",
)  # fmt: skip
TAILS = (
    "", ", although few believed it", " after a meeting behind closed doors", ", citing a letter from the regulator",
    " while protests went on outside", ", a day before the deadline", " in a statement sent to newspapers",
    ", and asked for patience", " despite warnings from abroad", ", which surprised the markets",
)  # fmt: skip
NAMES = ("Marta Olsen", "Iqbal Rahman", "Chen Wei", "Fatou Diallo", "José Ibarra", "Anna Kowalska", "Tom Whitfield")
PROMPTS = ("Advertisement", "Also read: Ten days that changed the port", "Share this article", "Scroll down for video")


def sentence(random: Random, curly: bool) -> str:
    """Return one invented sentence, sometimes a quotation."""
    clause = random.choice(CLAUSES)
    if random.random() < 0.2:
        opening, closing = ("“", "”") if curly else ('"', '"')
        said = clause.removeprefix("that ")
        return f"{opening}{said[0].upper()}{said[1:]},{closing} said {random.choice(NAMES)}."
    number = f" in {random.randint(1990, 2026)}" if random.random() < 0.2 else ""
    return f"{random.choice(SUBJECTS)} {random.choice(VERBS)} {clause}{number}{random.choice(TAILS)}."


def article(random: Random, curly: bool = True, dirt: float = 0.0) -> str:
    """Return an invented article of some 3,500 characters; `dirt` is the share of its paragraphs that is damaged."""
    paragraphs = []
    for _ in range(random.randint(9, 14)):
        paragraph = " ".join(sentence(random, curly) for _ in range(random.randint(2, 5)))
        if random.random() < dirt:
            paragraph = damaged(random, paragraph)
        paragraphs.append(paragraph)
    return "\n\n".join(paragraphs) + "\n"


def damaged(random: Random, paragraph: str) -> str:
    """Return a paragraph with one kind of damage out of five."""
    kind = random.randrange(5)
    if kind == 0:
        return paragraph.replace(" ", "  ", 3)
    if kind == 1:
        return paragraph + "\n\n" + random.choice(PROMPTS)
    if kind == 2:
        return paragraph.replace("n’t", "nâ€™t").replace("“", "â€œ").replace(".", ". Itâ€™s late.", 1)
    if kind == 3:
        return paragraph.replace("the", "teh", 1).replace("government", "goverment")
    return paragraph.replace(" and ", " &amp; ") + "\n\n\N{NO-BREAK SPACE}\n"


def articles(megabytes: float, seed: int = 1, curly: bool = True, dirt: float = 0.0) -> list[str]:
    """Return invented articles of so many million characters together."""
    random = Random(seed)
    made, size = [], 0
    while size < megabytes * 1e6:
        made.append(article(random, curly, dirt))
        size += len(made[-1])
    return made


def texts_of(path: str) -> list[str]:
    """Return the articles of a corpus of JSON lines."""
    data = Path(path).read_bytes()
    lines = (gzip.decompress(data) if path.endswith(".gz") else data).split(b"\n")
    return [json.loads(line)["text"] for line in lines if line]
