"""Fence a worker in: bounded memory, no network, no other programs, no life without its parent.

Oxigraph's Python package calls out to the network for SERVICE and has no switch for that, and its own time limit is not
heeded by a cross product. So the system is asked for what the library does not offer. Queries with SERVICE are refused
before they run (:mod:`kg.serve.jobs.refusal`); this is the second wall.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

__all__ = ["can_block_network", "confine", "give_up_after"]

# <linux/prctl.h>, <linux/seccomp.h>, <linux/bpf_common.h>
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_MODE_FILTER = 2
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # the second one: fail with EPERM
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data

_X32 = 0x40000000
# By machine: the audit number of its architecture, and what is refused: socket, connect, execve,
# execveat, io_uring_setup
_MACHINES = {
    "x86_64": (0xC000003E, (41, 42, 59, 322, 425)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 425)),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def can_block_network() -> bool:
    """Tell whether the second wall stands on this system."""
    return sys.platform == "linux" and platform.machine() in _MACHINES


def confine(*, memory: int) -> None:
    """Fence in the running process, for good.

    Args:
        memory: Bytes of address space that it may take in addition to what it has; 0 is no bound.

    Raises:
        OSError: The system refuses to.
    """
    _limit(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":
        if memory:
            _limit(resource.RLIMIT_AS, _address_space() + memory)
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if can_block_network():
        _block_network()


def give_up_after(seconds: float) -> None:
    """Have the system end the process after so much time, also in the middle of native code; 0 takes that back.

    The parent stops it earlier. This is for the case that the parent is gone.
    """
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit(what: int, value: int) -> None:
    hard = resource.getrlimit(what)[1]
    bounded = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (bounded, bounded))


def _address_space() -> int:
    """Return the bytes of address space in use, libraries and thread stacks included."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * resource.getpagesize()


def _prctl(option: int, *arguments: int) -> None:
    padded = (*arguments, 0, 0, 0, 0)[:4]
    if ctypes.CDLL(None, use_errno=True).prctl(option, *map(ctypes.c_ulong, padded)) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"prctl {option}: {os.strerror(number)}")


def _block_network() -> None:
    """Let the kernel refuse new sockets and programs (seccomp, a filter of system calls)."""
    program = _filter(*_MACHINES[platform.machine()])
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    block = _Program(len(program), code)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    _prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(block))


def _filter(architecture: int, refused: tuple[int, ...]) -> list[tuple[int, int, int, int]]:
    """Return instructions (code, steps if true, steps if false, operand); the last two allow and refuse."""
    tests = [(_JUMP_AT_LEAST, _X32), *((_JUMP_EQUAL, number) for number in refused)]
    program = [(_LOAD, 0, 0, _ARCHITECTURE), (_JUMP_EQUAL, 0, len(tests) + 2, architecture), (_LOAD, 0, 0, _NUMBER)]
    program += [(code, len(tests) - at, 0, operand) for at, (code, operand) in enumerate(tests)]
    return [*program, (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
