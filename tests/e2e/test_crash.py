"""The power goes in the middle of a scan, again and again; folders change their names."""
import pathlib
import random
import shutil
import sqlite3
import tempfile
import time
import unittest
import wave

from support import PATIENCE, Server, is_long, wait_for

ROUNDS = 50 if is_long() else 10
BATCH = 1000  # new files for every round: enough that a scan of them can be hit
ALBUM = 20    # files a folder


def make_noise(path, seed):
    """A short sound unlike any other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(random.Random(seed).randbytes(2000))


class Crash(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="marea-crash-"))
        self.addCleanup(shutil.rmtree, self.root, True)
        self.made = 0

    def add(self, count):
        for number in range(self.made, self.made + count):
            album = number // ALBUM
            make_noise(self.root / f"Artist {album % 7}" / f"Album {album}" / f"Song {number:05}.wav", number)
        self.made += count

    def names(self, server):
        return sorted(f["name"] for i in server.all_media("fields=files&kind=track,audiobook") for f in i["files"])

    def check_database(self, data):
        """On a copy, so that the server is the one to repair what there is to repair, and of a server that does not run:
        database and log of one that writes do not belong together. Returns how many files it lists."""
        with tempfile.TemporaryDirectory(prefix="marea-copy-") as copy:
            for path in data.glob("marea.db*"):
                shutil.copy(path, copy)
            with sqlite3.connect(pathlib.Path(copy) / "marea.db") as database:
                self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
                self.assertEqual(database.execute("PRAGMA foreign_key_check").fetchall(), [])
                return database.execute("SELECT count(*) FROM media_files").fetchone()[0]

    def length_of_a_scan(self, server):
        """Seconds that a start and a batch take when nobody disturbs them."""
        self.add(BATCH)
        began = time.monotonic()
        server.start()
        wait_for(lambda: len(self.names(server)) == self.made, 120, "the first scan", 0.02)
        return time.monotonic() - began

    def test_kills_in_the_middle_of_scans_lose_nothing(self):
        dice = random.Random(2024)
        server = Server(libraries={"Music": self.root}, start=False)
        self.addCleanup(server.close)
        length = self.length_of_a_scan(server)
        hits = 0
        for round_number in range(ROUNDS):
            server.kill()
            self.add(BATCH)
            self.assertLessEqual(server.start(), 5 * PATIENCE, f"round {round_number}")
            time.sleep(dice.uniform(0, length))  # not waited for: the point is any moment of a scan
            server.kill()
            hits += self.check_database(server.data) < self.made
            self.assertLessEqual(server.start(), 5 * PATIENCE, f"after round {round_number}")
        self.assertGreater(hits, 0, "no scan was hit: BATCH is too small for this machine")
        server.login()
        wait_for(lambda: len(self.names(server)) >= self.made, 300, "the whole list", 0.5)
        server.wait_until_idle()
        self.assertEqual(self.names(server), [f"Song {number:05}.wav" for number in range(self.made)])
        server.kill()
        self.check_database(server.data)

    def test_a_renamed_folder_keeps_its_items(self):
        self.add(300)
        with Server(libraries={"Music": self.root}) as server:
            server.wait_until_idle()
            files = lambda: {f["name"]: i["id"] for i in server.all_media("fields=files&kind=track,audiobook") for f in i["files"]}
            before = files()
            self.assertEqual(len(before), self.made)
            chosen = next(iter(before))
            server.put(f"/api/v1/library/{before[chosen]}", {"rating": 7})
            (self.root / "Artist 3").rename(self.root / "Artist three")
            library = server.libraries()[0]
            server.post(f"/api/v1/admin/libraries/{library['id']}/scan")
            server.wait_until_idle()
            wait_for(lambda: len(files()) == self.made, 60, "every file again")
            self.assertEqual(files(), before)
            self.assertEqual(server.get(f"/api/v1/media/{before[chosen]}").json["rating"], 7)


if __name__ == "__main__":
    unittest.main()
