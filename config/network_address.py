"""The address under which phones on the same network find this machine."""

import socket
from functools import cache


@cache
def lan_address() -> str:
    """This machine's own address on its network; 127.0.0.1 where it has none. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # A datagram socket that is connected picks its route and sends no packet (address of RFC 5737).
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
