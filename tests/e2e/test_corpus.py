"""Every file of a corpus: listed, broken ones with their reasons, and what plays direct decodes to its end over HTTP."""
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from support import Server, make_album, make_film, make_tone, require_program

MEDIA_FOLDERS = ("audio", "video", "broken", "drm")
PLAYABLE = "movie,episode,video,track,audiobook"


def made_corpus(root):
    """What stands in where MAREA_TEST_MEDIA is not set."""
    make_film(root / "video" / "film.mp4", 3)
    make_film(root / "video" / "tracks.mkv", 3, audio=2)
    make_film(root / "video" / "film.webm", 3)
    for suffix in (".flac", ".opus", ".m4a", ".ogg"):
        make_tone(root / "audio" / f"tone{suffix}", 2)
    make_album(root / "audio" / "album")
    whole = (root / "video" / "film.mp4").read_bytes()
    (root / "broken").mkdir()
    (root / "broken" / "noise.mp4").write_bytes(os.urandom(50000))
    (root / "broken" / "cut.mkv").write_bytes(whole[:600])
    return root


class Corpus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.ffmpeg, cls.mpv = require_program("ffmpeg"), require_program("mpv")
        given = os.environ.get("MAREA_TEST_MEDIA")
        if not given:
            made = tempfile.mkdtemp(prefix="marea-corpus-")
            cls.addClassCleanup(shutil.rmtree, made, True)
        cls.root = pathlib.Path(given) if given else made_corpus(pathlib.Path(made))
        cls.server = Server(libraries={"Corpus": cls.root})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle(300)
        cls.items = cls.server.all_media(f"fields=files&kind={PLAYABLE}")
        cls.server.refresh()

    def media_files(self):
        pictures = {".jpg", ".png", ".md", ".txt"}
        return {path.name: path for folder in MEDIA_FOLDERS for path in (self.root / folder).rglob("*")
                if path.is_file() and path.suffix not in pictures}

    def test_every_file_is_listed(self):
        listed = {file["name"] for item in self.items for file in item["files"]}
        self.assertEqual(set(self.media_files()) - listed, set())

    def test_broken_files_have_a_reason_in_words(self):
        broken = [item for item in self.items if item["status"] == "broken"]
        self.assertTrue(broken)
        for item in broken:
            self.assertRegex(item["problem"] or "", r"^[A-Z].{8,}", item["title"])

    def test_a_second_scan_changes_nothing(self):
        library = self.server.libraries()[0]
        before = self.server.all_media(f"fields=files&kind={PLAYABLE}")
        self.server.post(f"/api/v1/admin/libraries/{library['id']}/scan")
        self.server.wait_until_idle(300)
        after = self.server.all_media(f"fields=files&kind={PLAYABLE}")
        drop = lambda items: [{k: v for k, v in item.items() if k != "artwork_url"} for item in items]
        self.assertEqual(drop(after), drop(before))

    def test_what_plays_direct_decodes_to_its_end(self):
        """Judged by equality with the local file, for some files' decoding fails however they are read.

        One decoding thread each: with more, the order and number of complaints differ from run to run.
        """
        jobs = []
        for item in self.items:
            for file in item["files"]:
                answer = self.server.request("POST", f"/api/v1/media/{item['id']}/playback",
                                             {"capabilities": {"preset": "mpv"}, "file": file["id"]})
                if answer.status == 422:
                    self.assertTrue(answer.json["detail"], item["title"])
                    continue
                self.assertEqual(answer.status, 201, f"{item['title']}: {answer}")
                self.assertEqual(answer.json["mode"], "direct", item["title"])
                jobs.append((file["name"], self.server.url + answer.json["url"]))
        self.assertGreater(len(jobs), 5)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            failures = [failure for found in pool.map(lambda job: self.decode(*job), jobs) for failure in found]
        self.assertEqual(failures, [])

    def decode(self, name, url):
        local, failures = str(self.media_files()[name]), []
        for label, run in (("ffmpeg", self.by_ffmpeg), ("mpv", self.by_mpv)):
            streamed = run(url)
            if streamed != (0, "") and streamed != run(local):
                failures.append(f"{label} {name}: {streamed}, not {run(local)}")
        return failures

    def by_ffmpeg(self, source):
        return self.run_quiet([self.ffmpeg, "-nostdin", "-v", "error", "-xerror", "-threads", "1", "-i", source,
                               "-map", "0:v?", "-map", "0:a?", "-f", "null", "-"], source)

    def by_mpv(self, source):
        return self.run_quiet([self.mpv, "--no-config", "--untimed", "--vo=null", "--ao=null", "--ao-null-untimed=yes",
                               "--no-terminal", "--vd-lavc-threads=1", "--ad-lavc-threads=1",
                               "--audio-display=no", "--access-references=no", source], source)

    def run_quiet(self, command, source):
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=300)
        return done.returncode, re.sub(r"0x[0-9a-f]+", "0x", done.stderr.replace(source, "FILE")).strip()


if __name__ == "__main__":
    unittest.main()
