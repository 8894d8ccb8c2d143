"""The errors newsclean raises on purpose: one parent, so that one `except` catches them all."""


class NewscleanError(Exception):
    """The parent of every error below; its message says what was found, where, why it is wrong, what to do."""


class ConfigError(NewscleanError, ValueError):
    """An option that cannot be: an unknown name, a value of the wrong kind."""


class DataError(NewscleanError):
    """A file of `dictionaries/` that is missing, malformed or not what its checksum says."""


class EditError(NewscleanError, ValueError):
    """Edits that do not fit the text they are applied to, or replacements out of order."""


class InputError(NewscleanError):
    """A file that cannot be read, decoded or replaced; it was left as it was."""


class OutputError(NewscleanError):
    """Something that cannot be written; whatever has its final name is whole."""


class PatternError(NewscleanError):
    """A pattern of the user's own that runs away; the text was left as it was."""
