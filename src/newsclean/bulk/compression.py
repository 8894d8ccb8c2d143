"""Files as they read without their compression, and written with it. The same bytes give the same bytes."""

from __future__ import annotations

import io
from typing import IO, Any, cast

from newsclean.errors import ConfigError

COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
GZIP_LEVEL = 6
ZSTD_LEVEL = 3
BUFFER = 1 << 20


def decompressed(file: IO[bytes], compression: str) -> IO[bytes]:
    """Return a file as it reads without its compression; files of several members are read to their end."""
    if compression == "gzip":
        import gzip

        return cast(IO[bytes], io.BufferedReader(gzip.GzipFile(fileobj=file, mode="rb"), BUFFER))
    if compression == "zstd":
        reader = _zstandard().ZstdDecompressor().stream_reader(file, read_across_frames=True, closefd=False)
        return cast(IO[bytes], io.BufferedReader(reader, BUFFER))
    return file


def compressed(file: IO[bytes], compression: str) -> IO[bytes]:
    """Return what compresses into a file, and leaves it open when it is closed."""
    if compression == "gzip":
        import gzip

        inner: Any = gzip.GzipFile("", "wb", GZIP_LEVEL, fileobj=file, mtime=0)
    elif compression == "zstd":
        inner = _zstandard().ZstdCompressor(ZSTD_LEVEL, write_checksum=True).stream_writer(file, closefd=False)
    else:
        return file
    return cast(IO[bytes], io.BufferedWriter(inner, BUFFER))


def _zstandard() -> Any:
    return extra("zstandard", "zstd compression")


def extra(module: str, purpose: str) -> Any:
    """
    Import a package of the extra `bulk`.

    Raises:
        ConfigError: If it is not installed; the message says how to get it.
    """
    from importlib import import_module

    try:
        return import_module(module)
    except ModuleNotFoundError:
        raise ConfigError(f"{purpose} needs the package {module}: pip install 'newsclean[bulk]'") from None
