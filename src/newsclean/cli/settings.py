"""What holds for an input: its configuration, and over it the command line."""

from __future__ import annotations

import argparse
import os
from functools import lru_cache
from typing import TYPE_CHECKING

from newsclean.cli.console import complain
from newsclean.cli.parsers import STDIN
from newsclean.errors import NewscleanError
from newsclean.options import Options, Settings, chain_for, with_words
from newsclean.syntax.prose import syntax_of

if TYPE_CHECKING:
    from newsclean.config import Config


def is_usable(options: argparse.Namespace) -> bool:
    """Tell whether the options of the command line can be; say on standard error why not."""
    try:
        chain_for(options_for(options))
        if options.config:
            _config(options.config).settings("x", "text")
    except NewscleanError as error:
        complain(str(error))
        return False
    return True


def settings_for(options: argparse.Namespace, path: str) -> Settings:
    """
    Return what holds for an input: its configuration, and over it the command line.

    Standard input has none unless it is named.

    Raises:
        ConfigError: If the configuration cannot be.
    """
    name = options.stdin_filename if path == STDIN else path
    syntax = syntax_for(options, path)
    if options.config:
        settings = _config(options.config).settings(name or "x", syntax)
    elif options.no_config or not name:
        settings = Settings(Options() if syntax == "text" else _content_options())
    else:
        settings = _find(os.path.dirname(os.path.abspath(name))).settings(name, syntax)
    return settings._replace(options=options_for(options, settings.options))


def syntax_for(options: argparse.Namespace, path: str) -> str:
    """Return the syntax of an input: as the options say, or as its name tells; standard input has none unless named."""
    if options.syntax != "auto":
        return str(options.syntax)
    return syntax_of(options.stdin_filename if path == STDIN else path)


def chain_options(options: argparse.Namespace) -> Options:
    """Return the options of the chain: what is configured for the folder the command runs in, and the command line."""
    config = configured(options)
    made = options_for(options, config.settings("x", "text").options if config else Options())
    chain_for(made)  # which knows the names of stages and rules
    return made


def configured(options: argparse.Namespace) -> Config | None:
    """
    Return the configuration that the command line names, else that of the folder the command runs in.

    Raises:
        ConfigError: If it cannot be read.
    """
    if options.no_config:
        return None
    return _config(options.config) if options.config else _find(os.getcwd())


def options_for(options: argparse.Namespace, base: Options = Options()) -> Options:
    """Lay what the command line asks for over other options."""
    only, skip, off = options.only or base.only, (*base.skip, *options.skip), (*base.off, *options.off)
    laid = base._replace(only=only, skip=skip, off=off)
    return with_words(laid, (word for file in options.words for word in _words_of(file))) if options.words else laid


@lru_cache(maxsize=1)
def _config(path: str) -> Config:
    from newsclean.config import load

    return load(path)


def _find(folder: str) -> Config:
    from newsclean.config import find

    return find(folder)


def _words_of(path: str) -> tuple[str, ...]:
    from newsclean.config import words_of

    return words_of(path)


def _content_options() -> Options:
    from newsclean.syntax.content import CONTENT

    return CONTENT
