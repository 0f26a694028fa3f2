"""What is sent to the group of Multicast DNS (RFC 6762) in this machine's networks."""
import pathlib
import socket
import struct
import sys
import time
import unittest

from support import PATIENCE

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import dnssd_look   # noqa: E402

GROUP, PORT = "224.0.0.251", 5353


def membership(index):
    return struct.pack("4s4si", socket.inet_aton(GROUP), bytes(4), index)


def require_multicast():
    """Skips the test where no interface besides loopback brings what is sent to a group to this computer, too."""
    for index, name in socket.if_nameindex():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as hears, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as says:
            try:
                hears.bind(("", 0))
                hears.settimeout(5)
                hears.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership(index))
                says.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, membership(index))
                says.sendto(b"x", (GROUP, hears.getsockname()[1]))
                if name != "lo" and hears.recv(1) == b"x":
                    return
            except OSError:
                continue
    raise unittest.SkipTest("no network interface of this machine sends to groups (multicast)")


class Ear:
    """Hears what is told there from now on, beside whoever else listens."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self.socket.bind(("", PORT))
        except OSError as taken:
            self.socket.close()
            raise unittest.SkipTest(f"another program has the port of Multicast DNS for itself: {taken}") from None
        for index, _ in socket.if_nameindex():
            try:
                self.socket.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership(index))
            except OSError:
                continue   # it is down

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def answer(self, wanted, what, seconds=60):
        """The records (name, kind, ttl, place, data) of the first answer that has one as is wanted."""
        end = time.monotonic() + seconds * PATIENCE
        while time.monotonic() < end:
            self.socket.settimeout(max(0.01, end - time.monotonic()))
            try:
                data = self.socket.recv(9000)
                records = list(dnssd_look.records(data)) if data[2] & 0x80 else []
            except (TimeoutError, struct.error, IndexError, UnicodeDecodeError):
                continue
            if any(wanted(*record) for record in records):
                return records
        raise AssertionError(f"waited {seconds} s in vain for {what}")
