"""Clean English news text and keep every change on record."""

__version__ = "0.1.0"
