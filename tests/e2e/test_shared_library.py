"""The library that the desktop program shares: a phone's browser and file managers at its address, and another Marea."""
import base64
import html
import pathlib
import re
import subprocess
import tempfile
import unittest
import urllib.parse
import xml.etree.ElementTree as ElementTree

import seat
from media import require_program
from multicast import require_multicast
from support import PATIENCE, Answer, wait_for

D = "{DAV:}"
CHIP = "check box"   # by its role
SPANISH = ("-H", "Accept-Language: es")
ALBUM = "/dav/Music/The%20Tides/Low%20Water"
NOBODY_LISTENS = 7   # of curl


class TallSeat(seat.Seat):
    """A whole page of settings at once."""
    screen, window = "1280x1500x24", (1200, 1400)


class SharedLibrary(unittest.TestCase):
    def setUp(self):
        require_program("curl", "curl")
        self.desk = TallSeat.taken_by(self)
        self.app = self.desk.begins_with_music(seconds=30)
        self.songs = sorted(self.desk.music.rglob("*.mp3"))
        self.assertEqual(len(self.songs), 3)

    def shares(self):
        desk = self.desk
        desk.press("Account", lambda: desk.sees("Settings"))
        desk.press("Settings", lambda: desk.sees("This computer"))
        desk.press("This computer", lambda: desk.reader.find("Share on the network", CHIP), CHIP)
        desk.press("Share on the network", lambda: desk.sees("Show a code"), CHIP)
        self.pin = desk.waits_for("Pin: (sha256//.+)", "the pin")[1]
        port = wait_for(lambda: desk.setting("sharing", "port"), 60, "the port to be kept")
        self.url = f"https://127.0.0.2:{port}"

    def shows_a_code(self):
        self.desk.press("Show a code", lambda: self.desk.named("Code: .+"))
        return self.desk.named("Code: (.+)")[1]

    def shares_no_more(self):
        self.desk.press("Share on the network", lambda: not self.desk.named("Pin: .+"), CHIP)

    def ask(self, method, path, *more):
        """What the one with that pin answers; None: nobody listens there."""
        with tempfile.TemporaryDirectory(prefix="marea-shared-") as folder:
            head, body = pathlib.Path(folder, "head"), pathlib.Path(folder, "body")
            done = subprocess.run(["curl", "-sS", "-k", "--pinnedpubkey", self.pin, "--max-time", str(30 * PATIENCE), "-X", method,
                                   "-D", head, "-o", body, *more, self.url + path], capture_output=True, text=True, timeout=60 * PATIENCE)
            if done.returncode == NOBODY_LISTENS:
                return None
            self.assertEqual(done.returncode, 0, done.stderr)
            first, *lines = head.read_text().splitlines()
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            return Answer(int(first.split()[1]), headers, body.read_bytes() if body.exists() else b"")

    def page(self, path, *more, expect=200, method="GET"):
        answer = self.ask(method, path, *more)
        self.assertEqual(answer and answer.status, expect, answer)
        return answer

    def enter(self, code, *more, expect=303):
        return self.page("/files/enter", "--data-urlencode", f"password={code}", *more, method="POST", expect=expect)

    @staticmethod
    def links(page, start):
        return [html.unescape(link) for link in re.findall(r'href="([^"]*)"', page.text) if html.unescape(link).startswith(start)]

    def hrefs(self, path, *login):
        """The files of a folder."""
        answer = self.page(path, "-H", "Depth: 1", *login, method="PROPFIND", expect=207)
        return [one.find(D + "href").text for one in ElementTree.fromstring(answer.body) if one.find(f".//{D}collection") is None]

    def comes_as_part_of(self, answer, songs):
        self.assertTrue(any(answer.body == song.read_bytes()[10:20] for song in songs), answer)

    def finds_and_keeps(self, cookie):
        """What a phone's browser does: to the album, and from there every song."""
        music = self.page("/files?kind=music", *cookie)
        self.assertIn("Low Water", music.text)
        self.assertIn("3 tracks", music.text)
        self.assertIn("3 pistas", self.page("/files?kind=music", *cookie, *SPANISH).text)
        kept = self.links(self.page(self.links(music, "/files?in=")[0], *cookie), "/files/get/")
        self.assertEqual(sorted(self.page(link, *cookie).body for link in kept), sorted(song.read_bytes() for song in self.songs))
        self.comes_as_part_of(self.page(kept[0], "-r", "10-19", *cookie, expect=206), self.songs)
        self.assertEqual(self.page(kept[0], expect=303).headers["location"], "/files", "without the cookie")
        self.assertEqual(self.page(kept[0], *SPANISH, "-r", "99999999999-", *cookie, expect=416).headers.get("content-disposition"), None)

    def opens_as_folders(self, login):
        """What a file manager does."""
        at = self.hrefs(ALBUM, *login)
        self.assertEqual([urllib.parse.unquote(one).rsplit("/", 1)[1] for one in at], ["01 Song 1.mp3", "02 Song 2.mp3", "03 Song 3.mp3"])
        self.assertEqual([self.page(one, *login).body for one in at], [song.read_bytes() for song in self.songs])
        for one, song in zip(at, self.songs):   # as a player that seeks
            for begin in (10, 2000, 10):
                part = self.page(one, "-r", f"{begin}-{begin + 9}", *login, expect=206)
                self.assertEqual(part.body, song.read_bytes()[begin:begin + 10])
        self.page(at[0], *login, "--data", "x", method="PUT", expect=405)

    def copies_by_rclone(self, user, password):
        tool = require_program("rclone")
        obscured = subprocess.run([tool, "obscure", password], check=True, capture_output=True, text=True).stdout.strip()
        remote = f":webdav,url='{self.url}/dav',user='{user}',pass='{obscured}',vendor=other:Music"
        with tempfile.TemporaryDirectory(prefix="marea-rclone-") as copy:
            done = subprocess.run([tool, "--config", "/dev/null", "--retries", "1", "--no-check-certificate", "copy", remote, copy],
                                  capture_output=True, text=True, timeout=60 * PATIENCE)
            self.assertEqual(done.returncode, 0, done.stderr)
            copied = sorted(path.read_bytes() for path in pathlib.Path(copy).rglob("*.mp3"))
        self.assertEqual(copied, sorted(song.read_bytes() for song in self.songs))

    def test_a_browser_and_a_file_manager_come_in_by_the_code(self):
        self.shares()
        form = self.page("/files")
        self.assertIn("Type the code that the computer shows", form.text)
        self.assertNotIn("Low Water", form.text)
        self.assertIn("Escribe el código que muestra el ordenador", self.page("/files", *SPANISH).text)
        for refused in ((), ("-u", "guest:wrong"), ("-H", "Authorization: Bearer forged")):
            for method in ("PROPFIND", "GET"):
                answer = self.page(ALBUM, "-H", "Depth: 1", *refused, method=method, expect=401)
                self.assertIn("Basic realm=", answer.headers["www-authenticate"])

        code = self.shows_a_code()
        self.page(ALBUM, "-H", "Depth: 1", "-u", f"guest:{code}", method="PROPFIND", expect=401)   # it opens the pages alone
        self.assertIn("Ese código no existe", self.enter("000-000", *SPANISH, expect=401).text)
        given = self.enter(code).headers["set-cookie"]
        self.assertRegex(given, r"^__Host-marea-files=[\w-]+; Path=/; Max-Age=\d+; HttpOnly; SameSite=Strict; Secure$")
        cookie = ("-H", "Cookie: " + given.split(";")[0])
        self.assertIn("no such code", self.enter(code, expect=401).text)   # good once
        self.desk.waits(lambda: not self.desk.named("Code: .+"), "the code that was used to go")
        self.finds_and_keeps(cookie)

        made = self.page("/files/password", *cookie, "--data", "", method="POST")
        address, user, password = (html.unescape(one) for one in re.findall(r"<dd>([^<]*)</dd>", made.text)[:3])
        self.assertEqual((address, user), (self.url + "/dav", "guest"))
        login = ("-H", "Authorization: Basic " + base64.b64encode(f"{user}:{password}".encode()).decode())
        self.opens_as_folders(login)

        self.desk.press("Records", lambda: self.ask("GET", ALBUM, *login).status == 404, CHIP)   # what is shared no more
        self.desk.press("Records", lambda: self.ask("GET", ALBUM, *login).status == 200, CHIP)
        self.shares_no_more()
        wait_for(lambda: self.ask("GET", "/files", *cookie) is None, 60, "nobody to listen there")
        self.assertIsNone(self.ask("PROPFIND", ALBUM, "-H", "Depth: 1", *login))
        self.desk.ends_cleanly(self.app)

    def test_rclone_copies_the_music(self):
        require_program("rclone", "rclone")
        self.shares()
        given = self.enter(self.shows_a_code()).headers["set-cookie"]
        made = self.page("/files/password", "-H", "Cookie: " + given.split(";")[0], "--data", "", method="POST")
        _, user, password = (html.unescape(one) for one in re.findall(r"<dd>([^<]*)</dd>", made.text)[:3])
        self.copies_by_rclone(user, password)
        self.shares_no_more()
        self.desk.ends_cleanly(self.app)

    def playerctl(self, one, *words):
        done = subprocess.run(["playerctl", "--player=marea", *words], env=one.environment(), capture_output=True, text=True,
                              timeout=60 * PATIENCE)
        return done.stdout.strip()

    def sits_down_at_another(self):
        lap = TallSeat.taken_by(self)
        app = lap.start()
        lap.sizes_window(*lap.window)
        return lap, app

    def comes_in(self, lap, code):
        """From the question about the certificate on."""
        self.assertEqual(lap.waits_for("Pin: (.+)", "its pin")[1], self.pin)
        lap.press("It is the same", lambda: lap.sees("Sign in here with a password"))
        lap.press("Sign in here with a password", lambda: lap.sees("Name"))
        lap.write("Name", "guest")
        lap.keys("Return")
        lap.types(code)
        lap.press("Sign in", lambda: lap.sees("Home"), "push button")
        lap.waits_for("Low Water.*", "the album that is shared")

    def listed(self):
        """What the row in the list of servers says of this library: others may share theirs in the network, too."""
        return rf".+, https://(?:[\d.]+|\[[0-9a-f:]+\]):{urllib.parse.urlsplit(self.url).port}"

    def test_another_marea_finds_it_in_the_network(self):
        require_multicast()
        lap, app = self.sits_down_at_another()
        lap.waits(lambda: lap.sees("Server address"), "the first page")
        self.shares()
        lap.waits_for(self.listed(), "what is shared, in the list of the network")
        self.shares_no_more()
        lap.waits(lambda: not lap.named(self.listed()), "it to go from the list")
        self.desk.press("Share on the network", lambda: self.desk.sees("Show a code"), CHIP)
        port = wait_for(lambda: self.desk.setting("sharing", "port"), 60, "the port to be kept")
        self.url = f"https://127.0.0.2:{port}"
        code = self.shows_a_code()
        found = lap.waits_for(self.listed(), "it to be in the list again").group()
        lap.press(found, lambda: lap.sees("It is the same"))   # the network's word for it is not enough
        self.comes_in(lap, code)
        lap.ends_cleanly(app)
        self.shares_no_more()
        self.desk.ends_cleanly(self.app)

    def test_another_marea_opens_it_and_plays(self):
        require_program("playerctl", "playerctl")
        self.shares()
        code = self.shows_a_code()
        lap, app = self.sits_down_at_another()
        lap.write("Server address", self.url)
        lap.press("Continue", lambda: lap.sees("It is the same"))
        self.comes_in(lap, code)
        lap.press(lap.named("Low Water.*").group(), lambda: lap.sees("Play"))
        for number in (1, 2, 3):
            lap.waits_for(f"(?:.* )?Song {number}\\b.*", "its songs")
        lap.press("Play", lambda: self.playerctl(lap, "status") == "Playing")
        self.assertEqual(self.playerctl(lap, "metadata", "xesam:title"), "Song 1")
        wait_for(lambda: float(self.playerctl(lap, "position") or 0) > 0.3, 60, "the sound to go on")
        self.desk.waits(lambda: self.desk.named("Sign out .+"), "who is signed in")
        lap.ends_cleanly(app)
        self.shares_no_more()
        self.desk.ends_cleanly(self.app)


if __name__ == "__main__":
    unittest.main()
