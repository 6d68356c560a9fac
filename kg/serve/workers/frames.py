"""What passes between the server and a worker, over the worker's standard input and output.

The server writes a job as one line of JSON. The worker answers with frames, a byte for the kind and four for the length
before each: ``R`` once, ready for jobs; then for a job any number of ``D``, pieces of the answer, and one ``A`` (the
answer is complete) or ``P`` (it is to be thrown away, here is why). R, A and P hold JSON.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from asyncio import StreamReader

__all__ = ["ANSWER", "DATA", "PROBLEM", "READY", "read_frame", "write_frame", "write_json"]

READY, DATA, ANSWER, PROBLEM = b"R", b"D", b"A", b"P"

_HEAD = struct.Struct(">cI")


def write_frame(out: BinaryIO, kind: bytes, payload: bytes) -> None:
    """Write one frame at once."""
    out.write(_HEAD.pack(kind, len(payload)) + payload)
    out.flush()


def write_json(out: BinaryIO, kind: bytes, value: Any) -> None:
    """Write one frame that holds JSON."""
    write_frame(out, kind, json.dumps(value).encode())


async def read_frame(reader: StreamReader) -> tuple[bytes, bytes]:
    """Return the next frame's kind and payload.

    Raises:
        asyncio.IncompleteReadError: The worker has ended.
    """
    kind, length = _HEAD.unpack(await reader.readexactly(_HEAD.size))
    return kind, await reader.readexactly(length)
