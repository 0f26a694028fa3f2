"""Originals of protected titles that lie encrypted on the disk: everything works as before, and nothing of them is found there."""
import itertools
import pathlib
import random
import shutil
import signal
import subprocess
import tempfile
import unittest

from media import require_program
from support import Server, http_request, is_long, make_album, make_film, play, program, wait_for
from test_accounts import command
from test_sealed_downloads import marks, opened, unbase64

KILLS = 40 if is_long() else 6


def packets(url):
    """How many pictures somebody else's player gets."""
    done = subprocess.run([require_program("ffprobe"), "-v", "error", "-allowed_extensions", "ALL", "-count_packets", "-select_streams",
                           "v:0", "-show_entries", "stream=nb_read_packets", "-of", "csv=p=0", url],
                          capture_output=True, text=True, timeout=180)
    return int(done.stdout.strip().split("\n")[0].strip(",") or 0) if done.returncode == 0 else done.stderr


def lasting(item):
    """What of an item has nothing to do with addresses and times of this moment, nor with work that goes on behind a scan."""
    return {key: value for key, value in item.items() if not key.endswith("url") and key not in ("artwork", "files", "loudness")}


class Originals(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="marea-originals-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name) / "Shop"
        self.film, self.open = self.root / "Tide (2020)" / "Tide (2020).mp4", self.root / "Open (2021).mp4"
        make_film(self.film, 20)
        make_film(self.open, 3)
        make_album(self.root / "Low Water", tracks=2, suffix=".flac", seconds=4)
        self.clear = self.film.read_bytes()
        self.server = Server(libraries={"Shop": self.root})
        self.addCleanup(self.server.close)
        self.server.wait_until_idle()
        self.items = {item["title"]: item["id"] for item in self.server.all_media()}
        for title in ("Tide", "Low Water"):
            self.server.put(f"/api/v1/admin/media/{self.items[title]}/protection", {"protected": True})
        self.key = self.server.data / "keys" / "content-master.key"

    def originals(self, verb, code=0):
        done = command(self.server, "originals", verb, "Shop")
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def scanned(self):
        for library in self.server.libraries():
            self.server.post(f"/api/v1/admin/libraries/{library['id']}/scan")
        self.server.wait_until_idle()
        return {item["title"]: lasting(self.server.get(f"/api/v1/media/{item['id']}").json) for item in self.server.all_media()}

    def file(self, title="Tide", **headers):
        return self.server.request("GET", f"/api/v1/media/{self.items[title]}/file", headers=headers)

    def on_disk(self):
        return sorted(str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file())

    def assert_not_found_on_disk(self, *roots):
        found = marks(self.clear)
        self.assertGreater(len(found), 10)
        for root in roots:
            for path in root.rglob("*"):
                if path.is_file() and path != self.open:
                    data = path.read_bytes()
                    self.assertFalse([mark for mark in found if mark in data], path)

    def test_everything_works_as_before_and_nothing_of_it_is_found(self):
        before, music = self.scanned(), {path.name: path.read_bytes() for path in self.root.rglob("*.flac")}
        time = self.film.stat().st_mtime_ns
        self.assertIn("3 files sealed, 3 of them now", self.originals("seal"))
        self.assertFalse(self.film.exists())
        self.assertTrue(self.open.exists(), "it is not protected")
        self.assertEqual([name for name in self.on_disk() if name.endswith((".mp4", ".flac"))], ["Open (2021).mp4"])
        self.assert_not_found_on_disk(self.root)
        self.assertEqual(self.scanned(), before)
        self.assertIn("3 files sealed, 0 of them now", self.originals("seal"))
        self.assertEqual(self.scanned(), before)
        # Files, whole and in part.
        answer = self.file()
        self.assertEqual((answer.status, answer.body), (200, self.clear))
        part = self.file(Range="bytes=65530-131080")
        self.assertEqual((part.status, part.body, part.headers["content-range"]),
                         (206, self.clear[65530:131081], f"bytes 65530-131080/{len(self.clear)}"))
        self.assertEqual(self.file(**{"If-None-Match": answer.headers["etag"]}).status, 304)
        self.assertEqual(self.file(Range=f"bytes={len(self.clear)}-").status, 416)
        # Played, made anew, drawn.
        session = play(self.server, self.items["Tide"])
        self.assertEqual(session["protection"]["kind"], "aes-128")
        self.assertIn(packets(session["full_url"]), (480, 481))
        track = next(item["id"] for item in self.server.all_media("kind=track"))
        sound = self.server.raw("GET", play(self.server, track)["url"], token=None)
        self.assertEqual(sound.status, 200, sound)
        # To keep.
        download = self.server.post("/api/v1/downloads", {"media_id": self.items["Tide"], "encrypted": True}, expect=(200, 201)).json
        sealed = self.server.request("GET", f"/api/v1/downloads/{download['id']}/file?encrypted=true").body
        licence = self.server.post("/api/v1/drm/clearkey", {"kids": [download["key_id"]], "type": "persistent-license"}).json
        self.assertEqual(opened(sealed, unbase64(licence["keys"][0]["k"])), self.clear)
        # A server that was never told reads them as well, and finds them where they were moved to.
        self.server.stop()
        moved = self.root / "Elsewhere"
        moved.mkdir()
        (self.root / "Tide (2020)" / "Tide (2020).mp4.sealed").rename(moved / "Tide (2020).mp4.sealed")
        self.server.start()
        self.server.wait_until_idle()
        self.assertEqual(self.scanned(), before)
        self.assertEqual(self.file().body, self.clear)
        self.assertIn("3 files sealed and whole.", self.originals("verify"))
        # And back.
        self.assertIn("4 files in the clear, 3 of them now", self.originals("unseal"))
        self.assertEqual((moved / "Tide (2020).mp4").read_bytes(), self.clear)
        self.assertEqual((moved / "Tide (2020).mp4").stat().st_mtime_ns, time)
        self.assertEqual({path.name: path.read_bytes() for path in self.root.rglob("*.flac")}, music)
        self.assertEqual(self.scanned(), before)

    def test_what_is_made_of_them_lies_encrypted_too(self):
        self.originals("seal")
        found, cache = marks(self.clear, 400), self.server.data / "cache"
        def on_disk():
            files = [path.read_bytes() for path in cache.rglob("*") if path.is_file()]
            return [mark for mark in found if any(mark in data for data in files)]
        self.assertIn(packets(play(self.server, self.items["Tide"])["full_url"]), (480, 481))
        wait_for(on_disk, 30, "segments, which are copies of the film's samples, in the clear")
        self.server.stop()
        config = self.root.parent / "server.toml"
        config.write_text("[stream]\nseal_cache = true\n")
        self.server.args += ["--config", str(config)]
        self.server.start()
        for _ in range(2):  # made, and from the cache
            self.assertIn(packets(play(self.server, self.items["Tide"])["full_url"]), (480, 481))
        wait_for(lambda: not (cache / "segments").exists(), 30, "what was there in the clear to go")
        self.assertTrue([path for path in (cache / "segments.sealed").rglob("*") if path.is_file()])
        self.assertEqual(on_disk(), [])

    def test_without_its_key_it_says_so_and_nothing_changes(self):
        before = self.scanned()
        self.originals("seal")
        self.server.stop()
        aside = self.key.with_suffix(".aside")
        self.key.rename(aside)
        disk = self.on_disk()
        self.server.start()
        (self.root / "Tide (2020)" / "Tide (2020).mp4.sealed").touch()  # so that a scan wants to look into it
        self.assertEqual(self.scanned(), before)
        answer = self.file()
        self.assertEqual(answer.status, 503, answer)
        self.assertIn("master key", answer.text)
        self.assertIn("master key", self.originals("unseal", code=1))
        self.assertIn("master key", self.originals("verify", code=1))
        self.assertEqual(self.on_disk(), disk)
        self.server.stop()
        aside.rename(self.key)
        self.server.start()
        self.assertEqual(self.scanned(), before)
        self.assertEqual(self.file().body, self.clear)

    def test_damage_is_noticed(self):
        self.originals("seal")
        sealed = self.root / "Tide (2020)" / "Tide (2020).mp4.sealed"
        whole = sealed.read_bytes()
        piece = 64 * 1024 + 16
        self.assertGreater(len(whole), 64 + 3 * piece)
        changed = bytearray(whole)
        changed[64 + piece + 100] ^= 1
        swapped = whole[:64] + whole[64 + piece:64 + 2 * piece] + whole[64:64 + piece] + whole[64 + 2 * piece:]
        for broken in (bytes(changed), swapped, whole[:-5000]):
            sealed.write_bytes(broken)
            self.assertIn("Not Tide (2020)/Tide (2020).mp4: This file is damaged", self.originals("verify", code=1))
            self.assertIn("damaged", self.originals("unseal", code=1))
            self.assertEqual(sealed.read_bytes(), broken)
            self.assertFalse(self.film.exists())
        sealed.write_bytes(whole)
        self.originals("seal")
        self.originals("verify")
        self.assertEqual(self.file().body, self.clear)

    def test_killed_at_any_moment_it_loses_nothing(self):
        before, numbers = self.scanned(), random.Random(11)
        for turn in range(KILLS):
            verb = ("seal", "unseal")[turn % 2]
            process = subprocess.Popen([str(program("marea-server")), "originals", verb, "Shop", "--data", str(self.server.data)],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(numbers.uniform(0, 0.15))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            answer = self.file()
            self.assertEqual((answer.status, answer.body == self.clear), (200, True), answer)
            self.originals(verb)
        self.assertEqual(self.scanned(), before)
        self.assertEqual([name for name in self.on_disk() if "part" in name], [])

    def held_at_a_file(self):
        """The command, stopped while it is at a file, and not in the middle of a change of the database."""
        for verb in itertools.cycle(("seal", "unseal")):
            process = subprocess.Popen([str(program("marea-server")), "originals", verb, "Shop", "--data", str(self.server.data)],
                                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            self.addCleanup(process.wait)
            self.addCleanup(process.kill)
            state = pathlib.Path(f"/proc/{process.pid}/stat")
            while process.poll() is None:
                if not any(self.root.rglob(".*.marea-part")):
                    continue
                process.send_signal(signal.SIGSTOP)
                wait_for(lambda: process.poll() is not None or state.read_text().rpartition(")")[2].split()[0] == "T", 30, "it to stop")
                if process.poll() is None and any(self.root.rglob(".*.marea-part")):
                    return process
                process.send_signal(signal.SIGCONT)
            self.assertEqual(process.returncode, 0, process.stdout.read())

    def test_a_server_starts_while_it_runs_and_no_backup_is_put_back(self):
        saved, size = self.root.parent / "saved.db", 64 << 20  # a box that says nothing, so that it takes a while
        clear = self.clear + size.to_bytes(4, "big") + b"free" + bytes(size - 8)
        self.film.write_bytes(clear)
        self.scanned()
        self.assertEqual(command(self.server, "backup", str(saved)).returncode, 0)
        self.server.stop()
        process = self.held_at_a_file()
        refused = command(self.server, "restore", str(saved))
        self.assertEqual(refused.returncode, 1)
        self.assertIn("marea-server originals", refused.stderr)
        self.server.start()
        self.server.login()
        self.assertEqual(self.file("Open").status, 200)
        self.server.stop()
        refused = command(self.server, "restore", str(saved))
        self.assertIn("marea-server originals", refused.stderr)
        process.send_signal(signal.SIGCONT)
        self.assertEqual(process.wait(120), 0, process.stdout.read())
        self.server.start()
        self.server.login()
        self.assertTrue(self.file().body == clear, "whole")

    def test_a_backup_brings_the_key_or_is_refused(self):
        self.originals("seal")
        saved, key = self.root.parent / "saved.db", self.root.parent / "saved.key"
        refused = command(self.server, "backup", str(saved))
        self.assertEqual(refused.returncode, 1)
        self.assertIn("--master-key", refused.stderr)
        self.assertFalse(saved.exists())
        saved.write_text("mine")
        refused = command(self.server, "backup", str(saved), "--master-key", str(key))
        self.assertEqual((refused.returncode, saved.read_text()), (1, "mine"), refused.stdout + refused.stderr)
        self.assertFalse(key.exists(), "no backup, no key; and the next try has no file of that name before it")
        saved.unlink()
        key.write_text("A" * 43)
        refused = command(self.server, "backup", str(saved), "--master-key", str(key))
        self.assertEqual((refused.returncode, saved.exists()), (1, False), refused.stdout + refused.stderr)
        self.assertEqual(key.read_text(), "A" * 43, "that of somebody else")
        refused = command(self.server, "backup", str(saved), "--master-key", str(self.key))
        self.assertEqual((refused.returncode, saved.exists()), (1, False), "itself is no copy of it")
        key.unlink()
        shutil.copy(self.key, key)  # what a try that was killed leaves
        key.chmod(0o600)
        done = command(self.server, "backup", str(saved), "--master-key", str(key))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((key.read_bytes(), key.stat().st_mode & 0o777), (self.key.read_bytes(), 0o600))
        other = self.root.parent / "saved2.db"
        self.assertEqual(command(self.server, "backup", str(other), "--without-master-key").returncode, 0)
        self.server.stop()
        shutil.rmtree(self.server.data)
        refused = command(self.server, "restore", str(saved))
        self.assertEqual(refused.returncode, 1)
        self.assertIn("--master-key", refused.stderr)
        self.assertFalse((self.server.data / "marea.db").exists())
        wrong = self.root.parent / "wrong.key"
        wrong.write_text("A" * 43)
        refused = command(self.server, "restore", str(saved), "--master-key", str(wrong))
        self.assertEqual(refused.returncode, 1)
        self.assertFalse(self.key.exists())
        done = command(self.server, "restore", str(saved), "--master-key", str(key))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.begins_and_plays()

    def begins_and_plays(self):
        self.server.start()
        self.server.login()
        self.server.wait_until_idle()
        self.assertEqual(self.file().body, self.clear)

    def test_a_backup_from_before_opens_what_was_sealed_since(self):
        saved = self.root.parent / "early.db"
        done = command(self.server, "backup", str(saved))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.originals("seal")
        self.server.stop()
        done = command(self.server, "restore", str(saved))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.begins_and_plays()
        self.assertIn("3 files sealed and whole.", self.originals("verify"))

    def test_a_damaged_database_does_not_keep_a_backup_from_being_put_back(self):
        saved = self.root.parent / "early.db"
        self.assertEqual(command(self.server, "backup", str(saved)).returncode, 0)
        self.server.stop()
        (self.server.data / "marea.db-wal").unlink(missing_ok=True)
        (self.server.data / "marea.db").write_bytes(b"no database" * 1000)
        done = command(self.server, "restore", str(saved))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.begins_and_plays()


if __name__ == "__main__":
    unittest.main()
