"""Many people write and read at once: nobody hears of locks, and what was acknowledged is there, also after a kill."""
import pathlib
import random
import shutil
import tempfile
import threading
import time
import unittest
import urllib.parse
import wave

from support import PATIENCE, Server, is_long, wait_for

WRITERS, READERS = 32, 8
SECONDS = 60 if is_long() else 0       # at least so long
WRITES = 12                            # of each writer at least
KILLS = 50 if is_long() else 2


def make_noise(path, seed):
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(random.Random(seed).randbytes(2000))


class Worker(threading.Thread):
    """Asks until it is told to end, or the server is gone. `wrong`: answers that nobody should get."""

    def __init__(self, server, seed):
        super().__init__(daemon=True)
        self.server, self.dice = server, random.Random(seed)
        self.ended, self.done, self.wrong = threading.Event(), 0, []

    def run(self):
        while not self.ended.is_set():
            try:
                self.step()
            except Exception:  # killed while it answered
                return
            self.done += 1

    def ask(self, method, path, body=None):
        """The answer; one that says “busy” is asked for again, as it says itself."""
        while True:
            answer = self.server.raw(method, path, body=body)
            if answer.status in (429, 503) and "retry-after" in answer.headers:
                time.sleep(0.05)
                continue
            if answer.status != 200 or b"database is locked" in answer.body:
                self.wrong.append(f"{method} {path}: {answer}")
            return answer


class Writer(Worker):
    """Changes one title that is its own, so that the last word is known."""

    def __init__(self, server, title, seed):
        super().__init__(server, seed)
        self.title, self.asked, self.acknowledged = title, {}, {}

    def step(self):
        if self.dice.random() < 0.7:
            self.put(f"/api/v1/library/{self.title}", {"rating": self.dice.randint(1, 10), "favourite": self.dice.random() < 0.5})
        else:
            self.put(f"/api/v1/admin/media/{self.title}/metadata", {"title": f"Title {self.dice.getrandbits(40):x}"})

    def put(self, path, change):
        self.asked = {**self.asked, **change}
        if self.ask("PUT", path, change).status == 200:
            self.acknowledged.update(change)


class Reader(Worker):
    def step(self):
        self.ask("GET", self.dice.choice([
            "/api/v1/media?kind=track&limit=50", "/api/v1/media?state=rated&sort=year", "/api/v1/search?q=titel", "/api/v1/home",
            "/api/v1/media/facets?kind=track", "/api/v1/library?state=rated"]))


class Concurrency(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        root = pathlib.Path(tempfile.mkdtemp(prefix="marea-concurrency-"))
        cls.addClassCleanup(shutil.rmtree, root, True)
        for number in range(WRITERS):
            make_noise(root / f"Song {number:02}.wav", number)
        cls.server = Server(libraries={"Music": root})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        items = wait_for(lambda: (found := cls.server.all_media("kind=track,audiobook")) and len(found) == WRITERS and found, 60, "the songs")
        cls.titles = [item["id"] for item in items]

    def crowd(self, seed):
        writers = [Writer(self.server, title, seed + at) for at, title in enumerate(self.titles)]
        readers = [Reader(self.server, seed + 1000 + at) for at in range(READERS)]
        for worker in writers + readers:
            worker.start()
        return writers, readers

    def end(self, workers):
        for worker in workers:
            worker.ended.set()
        for worker in workers:
            worker.join(60 * PATIENCE)
            self.assertFalse(worker.is_alive())

    def check(self, writer, exactly):
        item = self.server.get(f"/api/v1/media/{writer.title}").json
        for field, value in writer.acknowledged.items():
            # What was asked for last may have been written without being answered.
            allowed = {value} if exactly else {value, writer.asked[field]}
            self.assertIn(item[field], allowed, field)
        if exactly and "title" in writer.acknowledged:
            word = urllib.parse.quote(writer.acknowledged["title"])
            self.assertIn(writer.title, [i["id"] for i in self.server.get(f"/api/v1/search?q={word}").json["items"]])

    def test_many_write_and_read_at_once(self):
        began = time.monotonic()
        writers, readers = self.crowd(1)
        wait_for(lambda: time.monotonic() - began >= SECONDS and all(w.done >= WRITES for w in writers) and all(r.done for r in readers),
                 SECONDS + 300, "everybody's turns", 0.05)
        self.end(writers + readers)
        self.assertEqual([wrong for worker in writers + readers for wrong in worker.wrong], [])
        for writer in writers:
            self.check(writer, exactly=True)

    def test_kills_among_many_lose_nothing_that_was_acknowledged(self):
        dice, known = random.Random(3), 0
        for number in range(KILLS):
            writers, readers = self.crowd(10_000 * (number + 1))
            enough = dice.randint(1, 2 * WRITERS)
            wait_for(lambda: sum(w.done for w in writers) >= enough, 60, "writes", dice.uniform(0.001, 0.05))
            self.server.kill()
            self.end(writers + readers)
            self.server.start()
            self.server.login()
            for writer in writers:
                known += len(writer.acknowledged)
                self.check(writer, exactly=False)
        self.assertGreater(known, 0, "nothing was acknowledged")


if __name__ == "__main__":
    unittest.main()
