"""
The page itself: data, style and script in one HTML file that needs no network.

What comes from texts enters as JSON in an element that browsers do not run, and the script puts it on the page as text.
The page's policy lets no other script run than the one it was written with, by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from newsclean.errors import NewscleanError
from newsclean.options import MAKERS, Options
from newsclean.reviewing.articles import Articles
from newsclean.reviewing.groups import REASONS, Groups

GENERATOR = "newsclean review page"
"""What the page says it is: a file that says so may be written over by another."""

STYLES = ("page.css",)
SCRIPTS = ("nodes.js", "toml.js", "articles.js", "judgement.js", "list.js", "page.js")
"""What stands in one element of the page, one behind the other: a module, whose names are its own."""

CHARTED = 12
"""Rules in the chart; more are folded away."""

KEPT_BY = {"typos": ("typos", "allowed"), "prompts": ("prompts", "allowed"), "words": None}
"""
The option that leaves a wording alone, by stage; a change of the other stages is stopped by turning its rule off.

"words" is no stage: `newsclean learn` proposes words that way, and to reject one takes nothing.
"""

MADE_BY = {"typos": ("typos", "corrections"), "prompts": ("prompts", "remove"), "words": ("typos", "allowed")}
"""The option that makes what is suggested, by stage."""


class Subject(NamedTuple):
    """What a page is about."""

    name: str
    groups: Groups
    articles: Articles
    config: Mapping[str, Any]
    """The configuration that the run had; the page adds to it."""


def render(subject: Subject) -> bytes:
    """
    Return the page as the bytes of an HTML file.

    Raises:
        NewscleanError: If jinja2 is missing.
    """
    import newsclean

    templates = environment()
    style, script = (_joined(templates, names) for names in (STYLES, SCRIPTS))
    data = _data(subject)  # which ranks the groups, and so tells how many are left out
    page = templates.get_template("page.html").render(
        generator=GENERATOR,
        version=newsclean.__version__,
        data_version=newsclean.data_version,
        policy=f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'",
        style=_as_is(style),
        script=_as_is(script),
        subject=subject,
        rules=_rules(subject.groups),
        charted=CHARTED,
        data=_as_is(_json(data | {"id": hashlib.sha256(_json(data).encode()).hexdigest()[:16]})),
        articles=_as_is(_json(subject.articles.rows)),
    )
    return str(page).encode("utf-8", "backslashreplace")


def environment() -> Any:
    """
    Return what fills in the page.

    Raises:
        NewscleanError: If jinja2 is missing.
    """
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError:
        raise NewscleanError("the review page needs jinja2: pip install 'newsclean[review]'") from None
    return Environment(
        loader=PackageLoader("newsclean.reviewing", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _joined(templates: Any, names: Sequence[str]) -> str:
    return "\n".join(templates.loader.get_source(templates, name)[0] for name in names)


def _as_is(text: str) -> Any:
    """Mark text that is to stand on the page unescaped: our own files, and JSON that `_json` has made safe."""
    from markupsafe import Markup

    return Markup(text)


def _hash(text: str) -> str:
    """Return a source of a content security policy: this text and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _json(value: object) -> str:
    r"""
    Return a value as JSON that may stand in an element of HTML: it is ASCII and has nothing that opens or ends a tag.

    >>> _json("</script>\ud800")
    '"\\u003c/script\\u003e\\ud800"'
    """
    text = json.dumps(value, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _rules(groups: Groups) -> list[tuple[str, str, int]]:
    """Return the rules that fired: id, what it does, and how often, the frequent first."""
    does = {rule.id: rule.does for make in MAKERS.values() for rule in make(Options()).rules()}
    ordered = sorted(groups.rules.items(), key=lambda item: (-item[1], item[0]))
    return [(rule, does.get(rule, ""), count) for rule, count in ordered]


def _data(subject: Subject) -> dict[str, Any]:
    """Return what the script needs; groups as lists, their rules, places and reasons by number."""
    rules, places = _Numbers(), _Numbers()
    reasons = list(REASONS)
    rows = [
        [
            rules[group.rule],
            group.before,
            group.after,
            group.count,
            group.texts,
            group.score,
            group.note,
            int(group.is_suggested),
            [reasons.index(reason) for reason in why],
            [[left, right, places[place]] for left, right, place in group.contexts],
        ]
        for group, why in subject.groups.ranked()
    ]
    return {
        "groups": rows,
        "rules": list(rules),
        "places": list(places),
        "reasons": list(REASONS.values()),
        "keptBy": KEPT_BY,
        "madeBy": MADE_BY,
        "config": _plain(subject.config),
    }


class _Numbers(dict[str, int]):
    """Numbers for names, in the order in which these are met."""

    def __missing__(self, name: str) -> int:
        self[name] = len(self)
        return self[name]


def _plain(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return a configuration with its corrections as a table, which is what the page adds to."""
    plain = dict(config)
    corrections = plain.get("typos", {}).get("corrections")
    if isinstance(corrections, list):
        plain["typos"] = plain["typos"] | {"corrections": dict(corrections)}
    return plain
