"""Uploads into a library by tus 1.0.0: whole files only, whatever breaks off on the way."""
import base64
import hashlib
import http.client
import json
import os
import pathlib
import subprocess
import tempfile
import unittest
import urllib.parse

from media import require_program
from support import Server, make_film, make_tone, wait_for
from webtools import WEB, web_tools

UPLOADS = "/api/v1/admin/uploads"


def metadata(**fields):
    return ",".join(f"{key} {base64.b64encode(str(value).encode()).decode()}" for key, value in fields.items())


class Uploads(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="marea-uploads-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.library = self.root / "Library"
        self.library.mkdir()
        self.server = Server(libraries={"Library": self.library})
        self.addCleanup(self.server.close)
        self.library_id = self.server.libraries()[0]["id"]

    def create(self, path, size, expect=201, library=None):
        fields = {"Tus-Resumable": "1.0.0", "Upload-Length": str(size),
                  "Upload-Metadata": metadata(library=library or self.library_id, path=path)}
        answer = self.server.raw("POST", UPLOADS, headers=fields)
        self.assertEqual(answer.status, expect, answer)
        return answer.headers.get("location")

    def send(self, where, offset, data, expect=204, **fields):
        sent = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        answer = self.server.raw("PATCH", where, body=data, headers={**sent, **fields})
        self.assertEqual(answer.status, expect, answer)
        return answer

    def offset(self, where):
        answer = self.server.raw("HEAD", where, headers={"Tus-Resumable": "1.0.0"})
        self.assertEqual(answer.status, 200, answer)
        return int(answer.headers["upload-offset"])

    def goes_on(self, where, data):
        """As clients do: 409 tells that what was still under way came to its place in between."""
        at = self.offset(where)
        sent = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"}
        answer = self.server.raw("PATCH", where, body=data[at:], headers=sent)
        self.assertIn(answer.status, (204, 409), answer)
        return answer.status == 204

    def tone(self, seconds=2):
        path = self.root / "01 Tide.flac"
        make_tone(path, seconds, tags={"title": "Tide", "artist": "Ana", "album": "Low Water"})
        return path.read_bytes()

    def test_a_file_in_parts_is_put_into_its_folder_and_catalogued(self):
        data = self.tone()
        where = self.create("Ana/Low Water/01 Tide.flac", len(data))
        half = len(data) // 2
        self.assertEqual(self.send(where, 0, data[:half]).headers["upload-offset"], str(half))
        self.assertEqual(self.offset(where), half)
        target = self.library / "Ana/Low Water/01 Tide.flac"
        self.assertFalse(target.exists())
        self.assertEqual(self.server.all_media(), [])
        self.send(where, half, data[half:])
        self.assertEqual(target.read_bytes(), data)
        track = wait_for(lambda: [i for i in self.server.all_media() if i["kind"] == "track"], 30, "the track")[0]
        self.assertEqual((track["title"], track["status"]), ("Tide", "ok"))
        self.assertEqual(self.offset(where), len(data))  # told again when the answer was lost
        self.send(where, len(data), b"", expect=409)
        self.assertEqual([p.name for p in self.library.iterdir()], ["Ana"])  # nothing is left over
        self.assertEqual(self.server.get(UPLOADS).json["items"][0]["state"], "done")

    def test_refusals_change_nothing(self):
        data = self.tone()
        (self.library / "there.flac").write_bytes(b"mine")
        self.create("there.flac", 10, expect=409)
        self.create("../out.flac", 10, expect=400)
        self.create("run.sh", 10, expect=422)
        self.create("big.mkv", 1 << 41, expect=507)
        self.create("x.flac", 10, expect=404, library="01900000-0000-7000-8000-000000000000")
        where = self.create("x.flac", len(data))
        self.create("x.flac", 10, expect=409)
        self.send(where, 5, data, expect=409)
        self.send(where, 0, data + b"more", expect=413)
        at = self.offset(where)
        wrong = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
        self.send(where, at, data[at:], expect=460, **{"Upload-Checksum": f"sha256 {wrong}"})
        self.assertEqual(self.offset(where), at)
        self.send(where, at, data[at:], expect=415, **{"Content-Type": "audio/flac"})
        self.send(where, at, data[at:], expect=412, **{"Tus-Resumable": "0.2.2"})
        good = base64.b64encode(hashlib.sha256(data[at:]).digest()).decode()
        self.send(where, at, data[at:], **{"Upload-Checksum": f"sha256 {good}"})
        self.assertEqual((self.library / "x.flac").read_bytes(), data)
        self.assertEqual((self.library / "there.flac").read_bytes(), b"mine")
        self.assertFalse((self.root / "out.flac").exists())

    def test_a_file_that_came_in_the_meantime_is_not_replaced(self):
        data = self.tone()
        where = self.create("x.flac", len(data))
        self.send(where, 0, data[:100])
        (self.library / "x.flac").write_bytes(b"mine")
        self.send(where, 100, data[100:], expect=409)
        self.assertEqual((self.library / "x.flac").read_bytes(), b"mine")
        (self.library / "x.flac").unlink()
        self.send(where, len(data), b"")  # nothing has to be sent again
        self.assertEqual((self.library / "x.flac").read_bytes(), data)

    def test_a_link_does_not_lead_out_of_the_library(self):
        outside = self.root / "outside"
        outside.mkdir()
        (self.library / "link").symlink_to(outside)
        data = self.tone()
        where = self.create("link/x.flac", len(data))
        self.send(where, 0, data, expect=422)
        self.assertEqual(list(outside.iterdir()), [])

    def test_only_for_owners_and_only_ones_own(self):
        data = self.tone()
        where = self.create("x.flac", len(data))
        for method, path in (("POST", UPLOADS), ("GET", UPLOADS), ("GET", where), ("PATCH", where), ("DELETE", where)):
            self.assertEqual(self.server.raw(method, path, token=False).status, 401)
        unknown = f"{UPLOADS}/01900000-0000-7000-8000-000000000000"
        self.send(unknown, 0, data, expect=404)
        self.assertEqual(self.server.raw("DELETE", where).status, 204)
        self.assertEqual(self.server.raw("HEAD", where).status, 404)
        self.assertEqual(list(self.library.iterdir()), [])

    def test_a_new_request_takes_over_from_one_that_hangs(self):
        data = os.urandom(3 << 20)
        where = self.create("x.mkv", len(data))
        parts = urllib.parse.urlsplit(self.server.url)
        hanging = http.client.HTTPConnection(parts.hostname, parts.port, timeout=180)
        self.addCleanup(hanging.close)
        hanging.putrequest("PATCH", where)
        for name, value in (("Authorization", f"Bearer {self.server.token}"), ("Upload-Offset", "0"),
                            ("Content-Type", "application/offset+octet-stream"), ("Content-Length", str(len(data)))):
            hanging.putheader(name, value)
        hanging.endheaders()
        hanging.send(data[:2 << 20])
        wait_for(lambda: self.offset(where), 30, "the first bytes")
        wait_for(lambda: self.goes_on(where, data), 30, "the new request to take over")
        self.assertEqual((self.library / "x.mkv").read_bytes(), data)
        try:  # what the first one still sends harms nothing
            hanging.send(data[2 << 20:])
            self.assertEqual(hanging.getresponse().status, 409)
        except OSError:
            pass
        self.assertEqual((self.library / "x.mkv").read_bytes(), data)

    def client(self, film, *more):
        command = [require_program("node", "nodejs"), str(WEB / "upload.mjs"), self.server.url + UPLOADS, self.server.token,
                   str(film), self.library_id, "Tide (2020)/Tide (2020).mp4", *more]
        env = {**os.environ, "MAREA_WEB_MODULES": str(web_tools())}
        done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=180)
        self.assertTrue(done.stdout.strip(), done.stderr[-2000:])
        return json.loads(done.stdout)

    def test_an_independent_client_goes_on_after_the_server_was_killed(self):
        web_tools()
        film = self.root / "film.mp4"
        make_film(film, 3)
        with open(film, "ab") as out:  # a box that players skip, so that there is something to send
            out.write((4 << 20).to_bytes(4, "big") + b"free" + os.urandom((4 << 20) - 8))
        began = self.client(film, "-", str(1 << 20))
        self.assertFalse(began["done"], began)
        self.server.kill()
        self.server.start()
        where = urllib.parse.urlsplit(began["url"]).path
        self.assertGreaterEqual(self.offset(where), began["sent"])  # what was acknowledged is there
        went_on = self.client(film, self.server.url + where)
        self.assertTrue(went_on["done"], went_on)
        self.assertEqual((self.library / "Tide (2020)/Tide (2020).mp4").read_bytes(), film.read_bytes())
        wait_for(lambda: [i for i in self.server.all_media() if i["title"] == "Tide" and i["status"] == "ok"], 30, "the film")


if __name__ == "__main__":
    unittest.main()
