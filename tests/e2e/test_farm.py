"""Background jobs: the thumbnails of films are made ahead, also when the server was killed in between."""
import pathlib
import sqlite3
import tempfile
import unittest

from support import Server, make_film, play, wait_for

JOBS = "/api/v1/admin/jobs"


class Farm(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="marea-farm-")
        self.addCleanup(folder.cleanup)
        self.films, self.data = pathlib.Path(folder.name) / "Films", pathlib.Path(folder.name) / "data"
        make_film(self.films / "Tide (2020).mkv", 40)

    def server(self, sprites="true"):
        settings = self.data.parent / "server.toml"
        settings.write_text(f"[farm]\nsprites = {sprites}\n")
        server = Server(libraries={"Films": self.films}, data=self.data, args=("--config", str(settings)))
        self.addCleanup(server.close)
        return server

    def jobs(self, server, count=1):
        """The jobs, as soon as there are so many and all are finished."""
        def finished():
            found = server.get(JOBS).json["items"]
            return found if len(found) >= count and all(j["state"] not in ("queued", "leased") for j in found) else None
        return wait_for(finished, 60, "the jobs to end")

    def sheets(self):
        return sorted(path for path in (self.data / "cache" / "sprites").glob("*/*.jpg"))

    def test_films_get_their_thumbnails(self):
        server = self.server()
        job, = self.jobs(server)
        self.assertEqual((job["kind"], job["state"], job["error"], job["progress"]), ("sprites", "done", None, 1))
        self.assertEqual([path.name for path in self.sheets()], ["0.jpg", "1.jpg"])
        for path in self.sheets():
            self.assertEqual(path.read_bytes()[:3], b"\xff\xd8\xff")
        self.assertEqual(server.request("DELETE", f"{JOBS}/{job['id']}").status, 409)
        def told():
            text = server.get("/metrics").body.decode()
            return "marea_farm_jobs_done_total 1\n" in text and 'marea_farm_jobs{state="running"} 0\n' in text
        wait_for(told, 20, "the metrics")
        played = play(server, server.all_media()[0]["id"])
        cues = server.get(played["sprites_url"], token=False).body.decode()
        self.assertIn("1.jpg#xywh=", cues)
        for path in self.sheets():
            answer = server.get(played["sprites_url"].replace("sprites.vtt", path.name), token=False)
            self.assertEqual(answer.body, path.read_bytes())
        self.assertIn("\nmarea_title_parts_made_total 0\n", server.get("/metrics").body.decode())
        make_film(self.films / "Ebb (2021).mp4", 3)
        self.jobs(server, 2)
        self.assertEqual(len(self.sheets()), 3)

    def test_a_lease_of_a_killed_server_is_taken_over(self):
        server = self.server()
        self.jobs(server)
        server.kill()
        for path in self.sheets():
            path.unlink()
        # As if it had been killed in the middle, a minute ago.
        with sqlite3.connect(self.data / "marea.db") as database:
            database.execute("UPDATE jobs SET state='leased', lease_owner='dead', lease_until=1, leases=leases+1")
        database.close()
        server = self.server()
        server.login()
        job, = self.jobs(server)
        self.assertEqual((job["state"], job["attempts"]), ("done", 2))
        self.assertEqual(len(self.sheets()), 2)

    def test_thumbnails_can_be_switched_off(self):
        server = self.server("false")
        server.wait_until_idle()
        self.assertEqual(server.get(JOBS).json["items"], [])
        self.assertFalse((self.data / "cache" / "sprites").exists())


if __name__ == "__main__":
    unittest.main()
