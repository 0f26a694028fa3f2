"""The network is told of a server that others reach, and of its end; nobody is told of one that is quiet."""
import pathlib
import struct
import tempfile
import unittest
import urllib.parse

from multicast import Ear, require_multicast
from support import Server

SERVICE, TEXT = 33, 16   # kinds of records
TOLD, WITHDRAWN = "discovery.announced", "discovery.withdrawn"   # in the log


def entries(data):
    """Of a text record (RFC 6763 section 6)."""
    found = {}
    while data:
        key, _, value = data[1:1 + data[0]].decode().partition("=")
        found[key] = value
        data = data[1 + data[0]:]
    return found


class Discovery(unittest.TestCase):
    def server(self, config, setup=False):
        """One that others reach."""
        folder = tempfile.TemporaryDirectory(prefix="marea-discovery-")
        self.addCleanup(folder.cleanup)
        file = pathlib.Path(folder.name, "server.toml")
        file.write_text(config + "\n")
        return Server(listen="0.0.0.0:0", args=["--config", str(file)], setup=setup)

    def of(self, port, lives):
        def wanted(name, kind, ttl, _, data):
            return (kind == SERVICE and name[1:] == ["_marea", "_tcp", "local"] and struct.unpack(">H", data[4:6])[0] == port
                    and (ttl > 0) == lives)
        return wanted

    def test_it_is_told_of_and_so_is_its_end(self):
        require_multicast()
        with Ear() as ear, self.server('name = "Casa"', setup=True) as server:
            port = urllib.parse.urlsplit(server.url).port
            records = ear.answer(self.of(port, lives=True), "the server to be announced")
            name = next(name for name, kind, *_ in records if kind == SERVICE)
            self.assertRegex(name[0], r"^Casa \(server\)( \(\d+\))?$")
            text = entries(next(data for of, kind, _, _, data in records if kind == TEXT and of == name))
            about = server.get("/api/v1/server").json
            self.assertEqual(text, {"role": "server", "v": "1", "id": about["id"], "name": "Casa", "tls": "0", "path": "/",
                                    "version": about["version"]})
            server.process.terminate()
            ear.answer(self.of(port, lives=False), "its goodbye")
            self.assertEqual(server.process.wait(30), 0)

    def test_a_certificate_of_its_own_is_told_by_its_pin(self):
        require_multicast()
        with Ear() as ear, self.server("[tls]\nself_signed = true") as server:
            port = urllib.parse.urlsplit(server.url).port
            records = ear.answer(self.of(port, lives=True), "the server to be announced")
            text = entries(next(data for _, kind, _, _, data in records if kind == TEXT))
            self.assertEqual((text["tls"], text["pin"]), ("1", server.ready["tls_pin"]))

    def test_nobody_is_told_where_it_is_turned_off_or_nobody_comes(self):
        with self.server("[discovery]\nannounce = false") as server:
            self.assertNotIn(TOLD, server.log)
        with Server(setup=False) as server:   # on 127.0.0.1
            self.assertNotIn(TOLD, server.log)
        with self.server("") as server:
            self.assertIn(TOLD, server.log)

    def test_a_reload_begins_and_ends_it(self):
        with tempfile.TemporaryDirectory(prefix="marea-discovery-") as folder:
            file = pathlib.Path(folder, "server.toml")

            def reload(announce):
                file.write_text(f"[discovery]\nannounce = {announce}\n")
                return server.post("/api/v1/admin/reload").json

            file.write_text("[discovery]\nannounce = false\n")
            with Server(listen="0.0.0.0:0", args=["--config", str(file)]) as server:
                self.assertNotIn(TOLD, server.log)
                self.assertEqual(reload("true"), {"taken": ["discovery.announce"], "needs_restart": []})
                self.assertIn(TOLD, server.log)
                self.assertNotIn(WITHDRAWN, server.log)
                self.assertEqual(reload("false"), {"taken": ["discovery.announce"], "needs_restart": []})
                self.assertIn(WITHDRAWN, server.log)


if __name__ == "__main__":
    unittest.main()
