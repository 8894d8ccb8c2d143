"""Texts for the laws: pieces of every case, glued together with whatever hurts."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.cases import cases

HURTFUL = (
    "\r\n", "\r", "\n", "\n\n", "\n\n\n", " ", "  ", "\t", "\N{NO-BREAK SPACE}", "\N{NEXT LINE}", "\N{LINE SEPARATOR}",
    "\N{ZERO WIDTH SPACE}", "\N{ZERO WIDTH JOINER}", "\N{SOFT HYPHEN}", "\N{ZERO WIDTH NO-BREAK SPACE}", "\0",
    "\x1b[31m",
    "\x1b]0;t\a", "&amp;", "&amp;amp;", "&lt;", "&#10;", "&nbsp;", "Ã©", "â€™", "â€œ", "Â ", "Ã", "€", "\x92", "ﬁ", "Å",
    "e\u0301",
    "\ud800", "\udc00", "(", ")", "[", "]", ":", "|", "'", "’", "“", "”", ".", ",", "-", "Also read: ", "Advertisement",
    "READ MORE", "Related", "Share", "COMMERCIAL BREAK", "SCROLL TO CONTINUE READING", "teh", "Afghnaistan",
    "goverment",
    "the", "said", "of", "President", "London", "🙂", "👩\u200d👩", "می\u200cخواهم", "क्\u200d",
    "http://a.test/teh", "@teh", "#teh",
)  # fmt: skip

CASES = sorted({case.text for case in cases()})
CHANGED = sorted({case.text for case in cases() if case.clean != case.text})

LINES = sorted({line for text in CASES for line in text.split("\n") if line})

pieces = st.one_of(
    st.sampled_from(HURTFUL),
    st.sampled_from(LINES),
    st.text(max_size=8),
    st.text(st.sampled_from("abeht ’'.,\n"), max_size=12),
)

pages = st.builds(
    lambda end, lines: end.join(lines), st.sampled_from(("\n", "\n\n", "\r\n", " ")), st.lists(st.sampled_from(LINES))
)
"""Whole lines, among which prompts are seen as such, with one kind of end; or one line of many sentences."""

texts = st.one_of(
    st.sampled_from(CASES),
    st.sampled_from(CHANGED),
    st.tuples(st.sampled_from(CHANGED), st.sampled_from(CHANGED)).map("\n\n".join),
    pages,
    st.lists(pieces, max_size=14).map("".join),
    st.text(max_size=40),
)
