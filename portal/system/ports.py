"""Ports of this machine that a server is to listen on."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress

_NEXT = 20  # ports that are tried in place of a busy one


def explain_port(host: str, port: int) -> tuple[str, str] | None:
    """Return, in Vietnamese, why nothing can listen at an address, and the address to use instead.

    None when it is free.
    """
    try:
        _listen(host, port)
    except OverflowError:
        return f"không có cổng {port}: cổng là số từ 1 đến 65535", _free_address("localhost", 8000)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = f"cổng {port} đang có chương trình khác dùng (một make serve khác?)"
            return message, _free_address(host, port)
        if error.errno == errno.EACCES:
            return f"máy không cho dùng cổng {port}", _free_address(host, 8000)
        return f"máy này không có địa chỉ {host}", _free_address("localhost", port)
    return None


def _free_address(host: str, port: int) -> str:
    """Return "host:port" with the first free port from this one on."""
    for each in range(port, port + _NEXT):
        with suppress(OSError):
            _listen(host, each)
            return f"{host}:{each}"
    return f"{host}:{port}"


def _listen(host: str, port: int) -> None:
    """Listen for a moment, as Python's HTTP servers do: a port just left is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        probe.listen(1)
