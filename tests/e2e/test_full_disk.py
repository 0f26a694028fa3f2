"""A disk that is full: what was asked for is answered all the same or refused in words, nothing half is kept, the server lives,
and with room again the next attempt works."""
import os
import pathlib
import subprocess
import tempfile
import unittest

import players
from media import make_media
from support import Server, http_request, play, require_program, wait_for
from test_downloads import DOWNLOADS
from test_uploads import UPLOADS, metadata

SECONDS, RATE = 12, 24
MIB = 1 << 20


class ServerOnSmallDisk(Server):
    """With one folder on a disk of its own, in a mount namespace that nobody else sees."""

    def __init__(self, folder, size, **more):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.size = size
        super().__init__(**more)

    def command(self):
        mount = f'mount -t tmpfs -o size={self.size} none "{self.folder}" && exec "$@"'
        return [*namespace(), "sh", "-c", mount, "sh", *super().command()]

    @property
    def disk(self):
        """The folder as the server has it."""
        return pathlib.Path(f"/proc/{self.pid}/root{self.folder}")

    def fill(self):
        """To the last byte, whatever is written to it meanwhile."""
        with open(self.disk / "filler", "ab", buffering=0) as filler:
            size, step = 0, 64 * MIB
            while step:
                try:
                    os.posix_fallocate(filler.fileno(), size, step)
                    size += step
                except OSError:
                    step //= 2

    def free(self):
        (self.disk / "filler").unlink()

    def files(self):
        # What vanishes meanwhile is passed over.
        found = (pathlib.Path(folder, name) for folder, _, names in os.walk(self.disk) for name in names)
        return sorted(str(path.relative_to(self.disk)) for path in found if path.name != "filler")


def namespace():
    unshare = require_program("unshare", "util-linux")
    for command in ([unshare, "-m"], [unshare, "-Urm"]):
        done = subprocess.run([*command, "sh", "-c", "mount -t tmpfs none /mnt"], capture_output=True, check=False)
        if done.returncode == 0:
            return command
    raise unittest.SkipTest("no disk can be mounted here, not even in a namespace")


class FullDisk(unittest.TestCase):
    def setUp(self):
        namespace()
        folder = tempfile.TemporaryDirectory(prefix="marea-full-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.films = self.root / "Films"
        self.films.mkdir()
        make_media(self.films / "Shoal (2018).mkv", *players.flash_and_beep(SECONDS, rate=RATE), "-c:v", "libx264", "-preset", "ultrafast",
                   "-g", "48", "-pix_fmt", "yuv420p", "-b:v", "3M", "-c:a", "ac3")

    def serve(self, folder, size, **more):
        (self.root / "server.toml").write_text("[farm]\nsprites = false\nloudness = false\nladders = false\n")
        server = ServerOnSmallDisk(folder, size, libraries=more.pop("libraries", {"Films": self.films}), data=self.root / "data",
                                   args=("--config", str(self.root / "server.toml")))
        self.addCleanup(server.close)
        try:
            os.listdir(server.disk)
        except OSError:
            self.skipTest("the namespace of another process cannot be looked into here")
        server.wait_until_idle()
        return server

    def lives(self, server):
        self.assertEqual(http_request(server.url + "/healthz").status, 200)
        self.assertIsNone(server.process.poll())

    def test_segments_are_played_from_memory(self):
        server = self.serve(self.root / "data" / "cache", "8m")
        film = server.all_media()[0]["id"]
        server.fill()
        seen = players.by_ffprobe(play(server, film, "chromium")["full_url"])
        self.assertTrue(seen["ok"], seen["text"])
        self.assertEqual(int(seen["video"][0]["nb_read_frames"]), SECONDS * RATE)
        self.assertEqual(server.files(), [], "nothing half, nor anything of it")
        self.assertIn("segments.unsaved", server.log)
        self.lives(server)
        server.free()
        seen = players.by_ffprobe(play(server, film, "basic-hls")["full_url"])
        self.assertTrue(seen["ok"], seen["text"])
        wait_for(lambda: [name for name in server.files() if name.startswith("segments/")], 60, "segments on the disk again")
        self.lives(server)

    def test_a_download_says_so_and_can_be_had_later(self):
        server = self.serve(self.root / "data" / "downloads", "12m")
        order = {"media_id": server.all_media()[0]["id"], "format": "mp4"}
        server.fill()
        download = server.post(DOWNLOADS, order, expect=201).json

        def ended():
            now = server.get(f"{DOWNLOADS}/{download['id']}").json
            return now if now["state"] not in ("queued", "making") else None

        failed = wait_for(ended, 240, "the download to end")
        self.assertEqual((failed["state"], failed["error"]), ("failed", "There is no room left on the server's disk."))
        self.assertEqual([name for name in server.files() if name.startswith("files/")], [])
        self.lives(server)
        server.free()
        self.assertEqual(server.post(DOWNLOADS, order, expect=200).json["id"], download["id"])
        self.assertEqual(wait_for(ended, 240, "the download")["state"], "ready")
        path = self.root / "film.mp4"
        path.write_bytes(server.get(f"{DOWNLOADS}/{download['id']}/file").body)
        self.assertEqual(int(players.by_ffprobe(path)["video"][0]["nb_read_frames"]), SECONDS * RATE)
        self.assertEqual([name for name in server.files() if ".new-" in name], [])

    def test_a_film_made_ahead_says_so_and_can_be_made_later(self):
        make_media(self.films / "Strait (2016).mp4", "-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=24:duration=90",
                   "-c:v", "libx264", "-preset", "ultrafast", "-g", "48", "-pix_fmt", "yuv420p", "-b:v", "4M")
        server = self.serve(self.root / "data" / "cache", "700m")
        film = next(item["id"] for item in server.all_media() if item["title"] == "Strait")
        where = f"/api/v1/admin/media/{film}/prepared"
        server.put(where, {}, expect=202)
        server.fill()

        def ended():
            now = server.get(where).json["items"][0]
            return now if now["state"] not in ("queued", "making") else None

        failed = wait_for(ended, 300, "the end of it")
        self.assertEqual((failed["state"], failed["error"]), ("failed", "There is no room left on the server's disk."))
        self.assertEqual([name for name in server.files() if ".new-" in name], [])
        self.lives(server)
        server.free()
        before = len(server.files())
        server.put(where, {}, expect=202)
        # All of it takes minutes.
        wait_for(lambda: len(server.files()) > before + 3, 300, "more of the film on the disk")
        self.assertIn(server.get(where).json["items"][0]["state"], ("making", "queued", "ready"))
        self.lives(server)

    def test_an_upload_goes_on_when_there_is_room(self):
        library = self.root / "Library"
        server = self.serve(library, "80m", libraries={"Library": library})
        film = (self.films / "Shoal (2018).mkv").read_bytes()
        fields = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(film)),
                  "Upload-Metadata": metadata(library=server.libraries()[0]["id"], path="Shoal (2018).mkv")}
        where = server.raw("POST", UPLOADS, headers=fields).headers["location"]

        def offset():
            return int(server.raw("HEAD", where, headers={"Tus-Resumable": "1.0.0"}).headers["upload-offset"])

        def send(data, at):
            return server.raw("PATCH", where, body=data, timeout=60, headers={
                "Tus-Resumable": "1.0.0", "Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"})

        self.assertEqual(send(film[:100_000], 0).status, 204)
        server.fill()
        answer = send(film[100_000:], 100_000)
        self.assertEqual((answer.status, answer.json["type"].rsplit(":", 1)[-1]), (507, "storage-full"))
        self.assertEqual([name for name in server.files() if not name.startswith(".marea-uploads/")], [], "no half film in the library")
        self.assertEqual(server.all_media(), [])
        self.lives(server)
        server.free()
        at = offset()
        self.assertGreaterEqual(at, 100_000)
        self.assertEqual(send(film[at:], at).status, 204)
        wait_for(server.all_media, 120, "the film in the catalogue")
        self.assertEqual((server.disk / "Shoal (2018).mkv").read_bytes(), film)


if __name__ == "__main__":
    unittest.main()
