"""A protected film on the computer: it plays without the server from an encrypted file, and its clear bytes are nowhere on the disk."""
import base64
import unittest

from support import wait_for
import test_offline
from test_sealed_downloads import marks


class ProtectedOffline(test_offline.Offline):
    def setUp(self):
        super().setUp()
        self.server.put(f"/api/v1/admin/media/{self.item}/protection", {"protected": True})
        self.marks = marks(self.film.read_bytes(), count=200)
        self.assertGreater(len(self.marks), 50)

    test_a_film_plays_without_the_server_which_hears_of_it_afterwards = None  # of films in the clear

    def clear_bytes_on_the_disk(self):
        """Files below the program's folders with anything of the film in it."""
        found = []
        for file in self.home.rglob("*"):
            if file.is_file() and not file.is_symlink():
                data = file.read_bytes()
                found += [str(file)] if any(mark in data for mark in self.marks) else []
        return found

    def test_it_plays_without_the_server_and_is_on_the_disk_encrypted_alone(self):
        app = self.start("--server", self.server.url)
        self.sign_in()
        folder = self.download()
        sealed = (folder / "media").read_bytes()
        self.assertEqual(sealed[:8], b"MAREASF1")
        task = self.task()[0]
        self.assertEqual(sealed[24:40], base64.urlsafe_b64decode(task["key_id"] + "=="))
        licence = self.server.get("/api/v1/drm/licences").json["items"]
        self.assertEqual([one["offline"] for one in licence], [True])
        self.assertAlmostEqual(task["until"], licence[0]["expires_at"], delta=60_000)
        self.assertEqual(self.clear_bytes_on_the_disk(), [])
        app.kill()
        app.wait()
        self.server.stop()

        app = self.start()
        wait_for(lambda: self.pressed_until_it_plays(), 60, "the film, from the computer")
        self.keys(*["l"] * 6)
        settings = next((self.home / "config").glob("**/marea.conf"))
        wait_for(lambda: self.kept(settings) > 50, 60, "the place to be kept")
        self.assertEqual(self.clear_bytes_on_the_disk(), [])
        self.keys("Escape")
        self.ends_cleanly(app)
        self.assertEqual(self.clear_bytes_on_the_disk(), [])


if __name__ == "__main__":
    unittest.main()
