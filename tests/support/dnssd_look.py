"""Looks for _marea._tcp on the loopback interface, independently of Marea: by python3-zeroconf where it is installed (and
asked for by --zeroconf), else by DNS messages written and read by hand. Prints one JSON object: name, port, address, text."""
import importlib.util
import json
import socket
import struct
import sys
import time

TYPE = ["_marea", "_tcp", "local"]
GROUP = "224.0.0.251"


def by_zeroconf(port, seconds):
    package = importlib.util.find_spec("zeroconf")
    if package is None:
        raise ImportError("zeroconf")
    # The port stands in default arguments: it has to be another before they are read.
    const = importlib.util.spec_from_file_location("zeroconf.const", package.submodule_search_locations[0] + "/const.py")
    module = sys.modules["zeroconf.const"] = importlib.util.module_from_spec(const)
    const.loader.exec_module(module)
    module._MDNS_PORT = port
    import zeroconf
    zc = zeroconf.Zeroconf(interfaces=["127.0.0.1"], ip_version=zeroconf.IPVersion.V4Only)
    name = ".".join(TYPE) + "."
    found = []

    class Listener(zeroconf.ServiceListener):
        def add_service(self, zc, kind, of):
            found.append(of)

        def remove_service(self, zc, kind, of):
            pass

        update_service = remove_service

    browser = zeroconf.ServiceBrowser(zc, name, Listener())
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            info = zc.get_service_info(name, found[0], timeout=1000) if found else None
            if info and info.parsed_addresses():
                return {"name": info.name[:-len(name) - 1], "port": info.port, "address": info.parsed_addresses()[0],
                        "text": {k.decode(): (v or b"").decode() for k, v in info.properties.items()}}
            time.sleep(0.05)
    finally:
        browser.cancel()
        zc.close()
    return None


def name_bytes(labels):
    return b"".join(bytes([len(label.encode())]) + label.encode() for label in labels) + b"\0"


def read_name(data, at):
    labels, end = [], None
    while data[at]:
        if data[at] >= 0xc0:
            end = end or at + 2
            at = (data[at] & 0x3f) << 8 | data[at + 1]
            continue
        labels.append(data[at + 1:at + 1 + data[at]].decode())
        at += 1 + data[at]
    return labels, end or at + 1


def records(data):
    counts = struct.unpack(">6H", data[:12])
    at = 12
    for _ in range(counts[2]):
        at = read_name(data, at)[1] + 4
    for _ in range(sum(counts[3:])):
        name, at = read_name(data, at)
        kind, _, ttl, length = struct.unpack(">HHIH", data[at:at + 10])
        yield name, kind, ttl, at + 10, data[at + 10:at + 10 + length]
        at += 10 + length


def by_hand(port, seconds):
    """One question from a port of its own, as any resolver asks; what comes back answers it all (RFC 6763 section 12)."""
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, struct.pack("4s4si", b"\0" * 4, b"\0" * 4, socket.if_nametoindex("lo")))
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        s.settimeout(0.3)
        s.sendto(struct.pack(">6H", 77, 0, 1, 0, 0, 0) + name_bytes(TYPE) + struct.pack(">HH", 12, 1), (GROUP, port))
        try:
            data, _ = s.recvfrom(9000)
        except TimeoutError:
            continue
        out = {"text": {}}
        for name, kind, _, at, rdata in records(data):
            if kind == 12 and name == TYPE:
                out["name"] = read_name(data, at)[0][0]
            elif kind == 33:
                out["port"] = struct.unpack(">H", rdata[4:6])[0]
            elif kind == 1:
                out["address"] = socket.inet_ntoa(rdata)
            elif kind == 16:
                while rdata:
                    key, _, value = rdata[1:1 + rdata[0]].decode().partition("=")
                    out["text"][key] = value
                    rdata = rdata[1 + rdata[0]:]
        assert struct.unpack(">H", data[:2])[0] == 77
        return out
    return None


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if a != "--zeroconf"]
    look = by_zeroconf if "--zeroconf" in sys.argv else by_hand
    try:
        print(json.dumps(look(int(arguments[0]), float(arguments[1]))))
    except ImportError:
        sys.exit(77)
