"""
What a user may choose, and the one place that knows all normalizers and their order.

    line breaks ▶ encoding ▶ prompts ▶ white space ▶ typos

Line breaks come first because the encoding stage works line by line; encoding before prompts because a broken
apostrophe hides a prompt; prompts before white space because a removed line leaves blank ones behind; typos last
because only then is the text what its author wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, get_args

from newsclean.chain import Chain, Normalizer
from newsclean.errors import ConfigError
from newsclean.normalizers.encoding import Encoding, EncodingOptions
from newsclean.normalizers.line_breaks import LineBreaks
from newsclean.normalizers.prompts import Prompts, PromptsOptions
from newsclean.normalizers.typos import Typos, TyposOptions
from newsclean.normalizers.whitespace import Whitespace, WhitespaceOptions
from newsclean.repairing.switches import Form
from newsclean.resources import data_version


class Options(NamedTuple):
    """
    All options, immutable; two Options that are equal clean alike.

    >>> Options(only=("whitespace",), skip=())
    Options(only=('whitespace',))
    """

    only: tuple[str, ...] = ()
    """Run these stages alone; empty for all. Their order is fixed."""

    skip: tuple[str, ...] = ()
    """Leave these stages out."""

    off: tuple[str, ...] = ()
    """Ids of rules that are not to fire, such as `whitespace/indent`."""

    encoding: EncodingOptions = EncodingOptions()
    prompts: PromptsOptions = PromptsOptions()
    whitespace: WhitespaceOptions = WhitespaceOptions()
    typos: TyposOptions = TyposOptions()

    def __repr__(self) -> str:
        changed = {key: value for key, value in self._asdict().items() if value != self._field_defaults[key]}
        return f"Options({', '.join(f'{key}={value!r}' for key, value in changed.items())})"

    @classmethod
    def from_table(cls, table: Mapping[str, Any], base: Options | None = None) -> Options:
        """
        Make Options from a table as TOML or JSON give it: lists for tuples, one table a stage.

        Args:
            table: What differs from the base.
            base: The defaults, if they are to be others than those of `Options`.

        Raises:
            ConfigError: If a key is unknown or a value of the wrong kind; the message names the nearest right key.

        >>> Options.from_table({"skip": ["typos"], "whitespace": {"keep_no_break_spaces": True}}).skip
        ('typos',)
        >>> Options.from_table({"skpi": ["typos"]})
        Traceback (most recent call last):
        newsclean.errors.ConfigError: there is no option 'skpi'; did you mean 'skip'?
        """
        options: Options = _filled(base or cls(), table, "")
        _check_kinds(Options(), options, "")
        return options

    def digest(self) -> str:
        """
        Return what names these options together with the state of the dictionaries: 16 hexadecimal digits.

        Equal digests and equal versions of the code give equal output, on any machine.

        >>> Options().digest() == Options(skip=()).digest() != Options(skip=("typos",)).digest()
        True
        """
        from hashlib import sha256

        return sha256(f"{self!r} {data_version()}".encode()).hexdigest()[:16]


class Settings(NamedTuple):
    """What holds for one file."""

    options: Options
    front_matter: tuple[str, ...] = ()
    is_excluded: bool = False


MAKERS: dict[str, Callable[[Options], Normalizer]] = {
    "line_breaks": lambda options: LineBreaks(),
    "encoding": lambda options: Encoding(options.encoding),
    "prompts": lambda options: Prompts(options.prompts),
    "whitespace": lambda options: Whitespace(options.whitespace),
    "typos": lambda options: Typos(options.typos),
}
"""The stages in the order in which they run."""

STAGES = tuple(MAKERS)


def chain_for(options: Options) -> Chain:
    """
    Return the chain that options ask for; built once a process for equal options.

    Raises:
        ConfigError: If a stage or a rule has an unknown name, or an option is of the wrong kind.
    """
    try:
        return _chain_for(options)
    except TypeError:  # a list in place of a tuple cannot be remembered by
        _check_kinds(Options(), options, "")
        raise


@lru_cache(maxsize=16)
def _chain_for(options: Options) -> Chain:
    _check_kinds(Options(), options, "")
    _check_names("stage", (*options.only, *options.skip), STAGES)
    chosen = [name for name in STAGES if name in (options.only or STAGES) and name not in options.skip]
    if options.off:
        _check_names("rule", options.off, [rule.id for make in MAKERS.values() for rule in make(options).rules()])
    return Chain((MAKERS[name](options) for name in chosen), frozenset(options.off))


def with_words(options: Options, entries: Iterable[str]) -> Options:
    """
    Lay words of the user's over options: each a word to be left alone, or a correction, "wrong -> right".

    Raises:
        ConfigError: If an entry is neither.

    >>> with_words(Options(), ["Grauniad", "Khawja -> Khawaja"]).typos
    TyposOptions(allowed=('Grauniad',), corrections=(('Khawja', 'Khawaja'),), strength='safe')
    """
    allowed, corrections = list(options.typos.allowed), list(options.typos.corrections)
    for entry in entries:
        wrong, arrow, right = (part.strip() for part in entry.partition("->"))
        if not wrong or bool(arrow) != bool(right) or "->" in right:
            raise ConfigError(f'{entry!r} must be a word to be left alone, or a correction, as in "wrong -> right"')
        if arrow:
            corrections.append((wrong, right))
        else:
            allowed.append(wrong)
    return options._replace(typos=options.typos._replace(allowed=tuple(allowed), corrections=tuple(corrections)))


def _check_names(kind: str, names: Iterable[str], known: Iterable[str]) -> None:
    known = list(known)
    for name in names:
        if name not in known:
            raise ConfigError(f"there is no {kind} {name!r}; {nearest(name, known)}")


def nearest(name: str, known: list[str]) -> str:
    """Return what to say of an unknown name: the known one that is most like it, or those there are."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known[:20])}" + ", ..." * (len(known) > 20)


def _filled(default: Any, table: Mapping[str, Any], where: str) -> Any:
    """Return a named tuple with the values of a table in place of its defaults."""
    if not isinstance(table, Mapping):
        raise ConfigError(f"{where.rstrip('.')} is {table!r}; it must be a table")
    values = {}
    for key, value in table.items():
        if key not in default._fields:
            raise ConfigError(f"there is no option {where + key!r}; {nearest(key, list(default._fields))}")
        values[key] = _value(getattr(default, key), value, where + key)
    return default._replace(**values)


def _value(default: Any, value: Any, where: str) -> Any:
    return _filled(default, value, where + ".") if hasattr(default, "_fields") else _frozen(value)


def _frozen(value: Any) -> Any:
    """Turn the lists of a table into tuples, and a table into a tuple of pairs."""
    if isinstance(value, Mapping):
        return tuple((key, _frozen(each)) for key, each in value.items())
    return tuple(_frozen(each) for each in value) if isinstance(value, (list, tuple)) else value


def _is_strings(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(each, str) for each in value)


FORMS = (*get_args(Form), None)

KINDS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "bool": (lambda value: isinstance(value, bool), "true or false"),
    "int": (lambda value: type(value) is int, "a whole number"),
    "str": (lambda value: isinstance(value, str), "a string"),
    "Form | None": (lambda value: value in FORMS, f"one of {', '.join(map(str, FORMS))}"),
    "tuple[str, ...]": (_is_strings, 'strings: ["..."] in TOML, ("...",) in Python'),
    "tuple[tuple[str, str], ...]": (
        lambda value: isinstance(value, tuple) and all(_is_strings(each) and len(each) == 2 for each in value),
        'wrong and right words: {"wrong" = "right"} in TOML, (("wrong", "right"),) in Python',
    ),
}
"""The kinds of options, by how their fields are annotated: what tells them, and what to say of a wrong one."""


def _check_kinds(default: Any, value: Any, where: str) -> None:
    """
    Make sure that each option is of its kind.

    Raises:
        ConfigError: If one is not; the message names it.
    """
    if type(value) is not type(default):
        raise ConfigError(f"{where or 'options'} is {value!r}; it must be {type(default).__name__}(...)")
    for key, kind in type(default).__annotations__.items():
        here, each = f"{where}.{key}".lstrip("."), getattr(value, key)
        if hasattr(getattr(default, key), "_fields"):
            _check_kinds(getattr(default, key), each, here)
            continue
        is_right, told = KINDS[str(getattr(kind, "__forward_arg__", kind))]
        if not is_right(each):
            raise ConfigError(f"{here} is {each!r}; it must be {told}")
