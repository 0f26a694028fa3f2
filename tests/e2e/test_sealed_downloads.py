"""Files to keep of protected titles: they leave in encrypted chunks only, which open with what a licence to keep has, and with nothing else."""
import base64
import hashlib
import hmac
import pathlib
import struct
import subprocess
import tempfile
import unittest

from media import require_program
from support import PASSWORD, Server, http_request, make_film, wait_for

MEMBERS = "/api/v1/household/members"


def unbase64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def hkdf(secret, salt, info, size):
    """RFC 5869 with SHA-256."""
    key, made, block = hmac.digest(salt, secret, "sha256"), b"", b""
    while len(made) < size:
        block = hmac.digest(key, block + info + bytes([len(made) // 32 + 1]), "sha256")
        made += block
    return made[:size]


def opened(sealed, secret):
    """The clear text, by nothing of ours: GCM is counter mode from the block after the tag's."""
    chunk, zero, size = struct.unpack_from(">IIQ", sealed, 8)
    assert sealed[:8] == b"MAREASF1" and zero == 0
    key, clear, at = hkdf(secret, sealed[40:64], b"marea sealed file 1", 32), b"", 64
    for number in range(-(-size // chunk)):
        length = min(chunk, size - number * chunk)
        counter = number.to_bytes(12, "big") + (2).to_bytes(4, "big")
        clear += subprocess.run([require_program("openssl"), "enc", "-d", "-aes-256-ctr", "-K", key.hex(), "-iv", counter.hex()],
                                input=sealed[at:at + length], capture_output=True, timeout=180, check=True).stdout
        at += length + 16
    assert at == len(sealed)
    return clear


def marks(clear, count=50, length=24):
    """Runs of the clear text that are like no other."""
    step = max(1, (len(clear) - length) // count)
    return [run for run in (clear[at:at + length] for at in range(0, len(clear) - length, step)) if len(set(run)) > 12]


class SealedDownloads(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-sealed-")
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        cls.film = root / "Films" / "Tide (2020).mp4"
        make_film(cls.film, 20)
        make_film(root / "Films" / "Open (2021).mp4", 3)
        cls.server = Server(libraries={"Films": root / "Films"})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.items = {item["title"]: item["id"] for item in cls.server.all_media("kind=movie")}
        cls.server.put(f"/api/v1/admin/media/{cls.items['Tide']}/protection", {"protected": True})

    def order(self, title, token=True, expect=(200, 201), **more):
        return self.server.post("/api/v1/downloads", {"media_id": self.items[title], **more}, token=token, expect=expect).json

    def file(self, download, headers=None, expect=200, query="?encrypted=true", token=True):
        answer = self.server.request("GET", f"/api/v1/downloads/{download['id']}/file{query}", headers=headers, token=token)
        self.assertEqual(answer.status, expect, answer)
        return answer

    def secret(self, download):
        licence = self.server.post("/api/v1/drm/clearkey", {"kids": [download["key_id"]], "type": "persistent-license"}, expect=200).json
        self.assertGreater(licence["expires_at"], 0)
        return unbase64(licence["keys"][0]["k"])

    def test_it_leaves_encrypted_and_opens_with_what_a_licence_has(self):
        self.order("Tide", expect=403)
        download = self.order("Tide", encrypted=True)
        self.file(download, expect=403, query="")
        self.file(download, expect=403, query="?encrypted=false")
        sealed, clear = self.file(download).body, self.film.read_bytes()
        self.assertEqual(sealed[24:40], unbase64(download["key_id"]))
        found = marks(clear)
        self.assertGreater(len(found), 10)
        for mark in found:
            self.assertNotIn(mark, sealed)
        secret = self.secret(download)
        self.assertEqual(opened(sealed, secret), clear)
        self.assertNotEqual(opened(sealed, secret[::-1]), clear)
        self.assertNotIn(secret, sealed)

    def test_any_part_is_the_same_as_in_the_whole_and_a_restart_changes_nothing(self):
        download = self.order("Tide", encrypted=True)
        whole = self.file(download)
        size, etag = len(whole.body), whole.headers["etag"]
        self.assertTrue(etag.startswith('"'), "a strong one")
        for first, last in ((0, 0), (10, 70), (63, 64), (64, 65_620), (65_599, 65_617), (size - 5, size - 1), (size // 2, size - 1)):
            part = self.file(download, {"Range": f"bytes={first}-{last}", "If-Range": etag}, 206)
            self.assertEqual(part.body, whole.body[first:last + 1], (first, last))
        self.file(download, {"Range": f"bytes={size}-"}, 416)
        self.assertEqual(self.file(download, {"If-None-Match": etag}, 304).body, b"")
        self.server.kill()
        self.server.start()
        self.server.login()
        rest = self.file(download, {"Range": f"bytes={size // 3}-", "If-Range": etag}, 206)
        self.assertEqual(whole.body[:size // 3] + rest.body, whole.body)

    def test_what_the_server_makes_of_it_too(self):
        download = self.order("Tide", encrypted=True, format="mp4", quality="240p")
        wait_for(lambda: self.server.get(f"/api/v1/downloads/{download['id']}").json["state"] == "ready", 120, "the file")
        clear = opened(self.file(download).body, self.secret(download))
        probed = subprocess.run([require_program("ffprobe", "ffmpeg"), "-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", "-"],
                                input=clear, capture_output=True, timeout=180)
        self.assertEqual(probed.stdout.decode().split(), ["h264", "aac"], probed.stderr)

    def test_two_downloads_have_two_keys(self):
        self.server.post(MEMBERS, {"username": "Ana", "password": PASSWORD, "role": "member"}, expect=201)
        ana = self.server.post("/api/v1/login", {"username": "Ana", "password": PASSWORD}, token=False).json["access_token"]
        own, hers = self.order("Tide", encrypted=True), self.order("Tide", token=ana, encrypted=True)
        self.assertEqual(own["key_id"], hers["key_id"])
        self.assertNotEqual(self.file(own).body[40:], self.file(hers, token=ana).body[40:])
        self.file(own, expect=404, token=ana)

    def test_what_is_not_protected_comes_as_it_is(self):
        download = self.order("Open", encrypted=True)
        self.assertIsNone(download["key_id"])
        clear = (self.film.parent / "Open (2021).mp4").read_bytes()
        self.assertEqual(self.file(download).body, clear)
        self.assertEqual(hashlib.sha256(http_request(self.server.url + download["url"], headers={
            "Authorization": f"Bearer {self.server.token}"}).body).digest(), hashlib.sha256(clear).digest())


if __name__ == "__main__":
    unittest.main()
