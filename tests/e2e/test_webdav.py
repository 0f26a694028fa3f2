"""The libraries as folders at /dav: who gets in, what is there for whom, and other people's clients."""
import base64
import pathlib
import re
import subprocess
import tempfile
import unittest
import urllib.parse
import xml.etree.ElementTree as ElementTree

from support import PASSWORD, Server, http_request, make_album, make_film, program, require_program

D = "{DAV:}"
READING = {"GET", "HEAD", "OPTIONS", "PROPFIND"}
WRITING = {"PUT": b"x", "POST": b"x", "DELETE": None, "PROPPATCH": None, "MKCOL": None, "COPY": None, "MOVE": None, "LOCK": None,
           "UNLOCK": None, "PATCH": b"x"}
SECRET = "Nightfall"
BOMB = ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
        '<propfind xmlns="DAV:"><prop><x>&b;</x></prop></propfind>')


def basic(user, password):
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


class WebDav(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        require_program("ffmpeg")
        folder = tempfile.TemporaryDirectory(prefix="marea-webdav-")
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        cls.film = root / "Films" / "Año: 100% & más (2020).mkv"
        make_film(cls.film, 3)
        make_film(root / "Films" / "Tides" / "Season 1" / "Tides S01E02.mp4", 3)
        make_film(root / "Other" / f"{SECRET} (2021).mp4", 3)
        cls.songs = make_album(root / "Music" / "Low Water")
        cls.server = Server(libraries={"Films": root / "Films", "Other": root / "Other", "Music": root / "Music"})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        libraries = {library["name"]: library["id"] for library in cls.server.libraries()}
        cls.server.post("/api/v1/household/members", {"username": "ben", "password": PASSWORD, "role": "member",
                                                      "libraries": [libraries["Films"], libraries["Music"]]}, expect=201)
        cls.owner = basic("owner", cls.password_of(None))
        token = http_request(cls.server.url + "/api/v1/login", "POST", {
            "username": "ben", "password": PASSWORD, "device_name": "test"}).json["access_token"]
        cls.ben_key = cls.password_of(token)
        cls.ben = basic("ben", cls.ben_key)

    @classmethod
    def password_of(cls, token):
        more = {"token": token} if token else {}
        return cls.server.post("/api/v1/me/app-passwords", {"name": "Files"}, expect=201, **more).json["password"]

    def ask(self, method, path, login=None, body=None, **headers):
        fields = {**(self.owner if login is None else login), **{name.replace("_", "-"): value for name, value in headers.items()}}
        return http_request(self.server.url + path, method, body, headers=fields)

    def list(self, path, login=None, expect=207):
        """The decoded hrefs in a folder, without its own."""
        answer = self.ask("PROPFIND", path, login, Depth="1")
        self.assertEqual(answer.status, expect, answer)
        tree = ElementTree.fromstring(answer.body)
        return [urllib.parse.unquote(one.text) for one in tree.iter(D + "href")][1:]

    def address_of(self, path):
        return urllib.parse.quote(path)

    def test_nobody_comes_in_without_a_key(self):
        for method in READING:
            for login in ({}, basic("owner", PASSWORD), basic("owner", "wrong"), basic("nobody", self.ben_key),
                          {"Authorization": "Bearer forged"}, {"Authorization": "Basic !"}, {"Authorization": "Digest x"}):
                answer = self.ask(method, "/dav/Films", login, Depth="1")
                self.assertEqual(answer.status, 401, f"{method} {login}")
                self.assertIn("Basic realm=", answer.headers["www-authenticate"])
        self.assertEqual(self.ask("PROPFIND", f"/dav?apiKey={self.ben_key}", {}, Depth="0").status, 401)

    def test_a_password_of_an_app_opens_and_so_does_a_token(self):
        for login in (self.owner, self.ben, basic("", self.ben_key), {"Authorization": f"Bearer {self.server.token}"}):
            self.assertEqual(self.list("/dav/", login), ["/dav/Films/", "/dav/Series/", "/dav/Music/", "/dav/Audiobooks/", "/dav/Playlists/"])

    def test_a_password_that_is_removed_opens_no_more(self):
        made = self.server.post("/api/v1/me/app-passwords", {"name": "Old"}, expect=201).json
        login = basic("owner", made["password"])
        self.assertEqual(self.ask("PROPFIND", "/dav", login, Depth="0").status, 207)
        self.server.delete(f"/api/v1/me/app-passwords/{made['id']}")
        self.assertEqual(self.ask("PROPFIND", "/dav", login, Depth="0").status, 401)

    def test_options_say_what_there_is(self):
        answer = self.ask("OPTIONS", "/dav/Films")
        self.assertEqual((answer.status, answer.headers["dav"]), (200, "1"))
        self.assertEqual(set(answer.headers["allow"].split(", ")), READING)

    def test_nothing_can_be_written(self):
        for method, body in WRITING.items():
            for path in ("/dav", "/dav/Films/new.mkv", "/dav/Films/"):
                answer = self.ask(method, path, body=body, Destination=self.server.url + "/dav/Films/x")
                self.assertEqual(answer.status, 405, f"{method} {path}: {answer}")
                self.assertEqual(set(answer.headers["allow"].split(", ")), READING)

    def test_files_come_byte_by_byte(self):
        name = next(path for path in self.list("/dav/Films") if "Año" in path)
        self.assertEqual(name, "/dav/Films/Año： 100％ & más (2020).mkv")
        at, bytes_there = self.address_of(name), self.film.read_bytes()
        whole = self.ask("GET", at)
        self.assertEqual((whole.status, whole.body == bytes_there), (200, True))
        part = self.ask("GET", at, Range="bytes=10-19")
        self.assertEqual((part.status, part.body), (206, bytes_there[10:20]))
        head = self.ask("HEAD", at)
        self.assertEqual((head.status, head.body, int(head.headers["content-length"])), (200, b"", len(bytes_there)))
        self.assertEqual(self.ask("GET", at, If_None_Match=whole.headers["etag"]).status, 304)

    def test_what_is_listed_is_what_comes(self):
        for folder in ("/dav/Films", "/dav/Music/The%20Tides/Low%20Water"):
            answer = self.ask("PROPFIND", folder, Depth="1")
            files = [one for one in ElementTree.fromstring(answer.body) if one.find(f".//{D}collection") is None]
            self.assertTrue(files, folder)
            for one in files:
                got = self.ask("GET", one.find(D + "href").text)
                self.assertEqual(one.find(f".//{D}getetag").text, got.headers["etag"])
                self.assertEqual(int(one.find(f".//{D}getcontentlength").text), len(got.body))
                self.assertEqual(one.find(f".//{D}getlastmodified").text, got.headers["last-modified"])

    def test_depth_is_bounded(self):
        for headers in ({}, {"Depth": "infinity"}):
            answer = self.ask("PROPFIND", "/dav/", **headers)
            self.assertEqual(answer.status, 403)
            self.assertIsNotNone(ElementTree.fromstring(answer.body).find(D + "propfind-finite-depth"))
        self.assertEqual(self.ask("PROPFIND", "/dav", Depth="2").status, 400)
        alone = ElementTree.fromstring(self.ask("PROPFIND", "/dav/Films", Depth="0").body)
        self.assertEqual([one.text for one in alone.iter(D + "href")], ["/dav/Films/"])

    def test_questions_are_checked(self):
        for body in (BOMB, '<!DOCTYPE x SYSTEM "file:///etc/passwd"><propfind xmlns="DAV:"><allprop/></propfind>', "<a/>", "{}"):
            answer = self.ask("PROPFIND", "/dav", body=body.encode(), Depth="0")
            self.assertEqual(answer.status, 400, f"{body}: {answer}")
            self.assertNotIn("root:", answer.text)
        self.assertEqual(self.ask("PROPFIND", "/dav", body=b" " * 70_000, Depth="0").status, 413)
        asked = b'<propfind xmlns="DAV:"><prop><resourcetype/><quota-used-bytes/></prop></propfind>'
        answer = ElementTree.fromstring(self.ask("PROPFIND", "/dav", body=asked, Depth="0").body)
        self.assertEqual([one.text for one in answer.iter(D + "status")], ["HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found"])

    def test_what_is_somebody_elses_is_not_there(self):
        secret = f"/dav/Films/{SECRET} (2021).mp4"
        self.assertIn(secret, self.list("/dav/Films"))
        self.assertNotIn(secret, self.list("/dav/Films", self.ben))
        at = self.address_of(secret)
        self.assertEqual(self.ask("GET", at).status, 200)
        theirs, none = self.ask("GET", at, self.ben), self.ask("GET", "/dav/Films/None.mp4", self.ben)
        self.assertEqual((theirs.status, none.status), (404, 404))
        self.assertEqual({**theirs.json, "request_id": ""}, {**none.json, "request_id": ""})
        self.assertEqual(self.ask("PROPFIND", at, self.ben, Depth="0").status, 404)
        made = self.server.post("/api/v1/playlists", {"name": "Secret list"}, expect=201).json
        self.assertEqual(self.list("/dav/Playlists"), ["/dav/Playlists/Secret list/"])
        self.assertEqual(self.list("/dav/Playlists", self.ben), [])
        self.assertEqual(self.ask("PROPFIND", "/dav/Playlists/Secret%20list", self.ben, Depth="1").status, 404)
        self.server.delete(f"/api/v1/playlists/{made['id']}")

    def test_protected_titles_are_not_given(self):
        film = next(item["id"] for item in self.server.all_media() if item["title"] == SECRET)
        at = self.address_of(f"/dav/Films/{SECRET} (2021).mp4")
        self.server.put(f"/api/v1/admin/media/{film}/protection", {"protected": True})
        try:
            self.assertEqual(self.ask("GET", at).status, 404)
            self.assertFalse([path for path in self.list("/dav/Films") if SECRET in path])
        finally:
            self.server.delete(f"/api/v1/admin/media/{film}/protection", expect=(200, 204))
        self.assertEqual(self.ask("GET", at).status, 200)

    def test_names_lead_nowhere_else(self):
        for path in ("/dav/../api/v1/me", "/dav/%2e%2e/etc/passwd", "/dav/Films/..%2f..%2fetc%2fpasswd", "/dav/Films/%00", "/dav//etc/passwd",
                     "/dav/Films/..", "/dav/Films/%5c..%5c", "/dav/Films/%252e%252e", "/dav/" + "x/" * 2000, "/dav/etc/passwd"):
            answer = self.ask("GET", path)
            self.assertIn(answer.status, (400, 404), f"{path}: {answer}")
            self.assertNotIn("root:", answer.text)

    def test_people_see_names(self):
        answer = self.ask("GET", "/dav/Series/Tides/")
        self.assertEqual((answer.status, answer.text), (200, "Season 01/\n"))

    def rclone(self, *command, login=None, expect=0):
        user, password = base64.b64decode((login or self.owner)["Authorization"].split()[1]).decode().split(":", 1)
        tool = require_program("rclone")
        obscured = subprocess.run([tool, "obscure", password], check=True, capture_output=True, text=True).stdout.strip()
        remote = f":webdav,url='{self.server.url}/dav',user='{user}',pass='{obscured}',vendor=other:"
        done = subprocess.run([tool, "--config", "/dev/null", "--retries", "1", *(part.replace("@", remote, 1) for part in command)],
                              capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode == 0, expect == 0, done.stderr)
        return done.stdout

    def test_rclone_copies_everything(self):
        with tempfile.TemporaryDirectory(prefix="marea-rclone-") as copy:
            self.rclone("copy", "@", copy)
            copied = {path.relative_to(copy).as_posix(): path.read_bytes() for path in pathlib.Path(copy).rglob("*") if path.is_file()}
        self.assertEqual(len([name for name in copied if name.startswith("Music/The Tides/Low Water/")]), len(self.songs))
        self.assertEqual(sorted(copied[name] for name in copied if name.startswith("Music/")), sorted(song.read_bytes() for song in self.songs))
        self.assertEqual(copied["Films/Año： 100％ & más (2020).mkv"], self.film.read_bytes())
        self.assertIn("Series/Tides/Season 01", {name.rsplit("/", 1)[0] for name in copied})
        self.assertNotIn(SECRET, self.rclone("lsf", "-R", "@", login=self.ben))

    def test_rclone_writes_nothing(self):
        with tempfile.NamedTemporaryFile(suffix=".mkv") as file:
            file.write(b"new")
            file.flush()
            self.rclone("copyto", file.name, "@Films/new.mkv", expect=1)
        self.rclone("deletefile", "@Films/" + "Año： 100％ & más (2020).mkv", expect=1)
        self.assertTrue(self.film.exists())

    def test_curl_goes_on_with_half_a_file(self):
        tool, bytes_there = require_program("curl"), self.film.read_bytes()
        at = self.server.url + self.address_of("/dav/Films/Año： 100％ & más (2020).mkv")
        with tempfile.NamedTemporaryFile() as half:
            half.write(bytes_there[:1000])
            half.flush()
            subprocess.run([tool, "-sSf", "-u", f"ben:{self.ben_key}", "-C", "-", "-o", half.name, at], check=True, timeout=60)
            self.assertEqual(pathlib.Path(half.name).read_bytes(), bytes_there)

    def test_cadaver_lists_and_gets(self):
        tool = require_program("cadaver")
        with tempfile.TemporaryDirectory(prefix="marea-cadaver-") as home:
            place = pathlib.Path(home)
            (place / ".netrc").write_text(f"machine 127.0.0.1 login ben password {self.ben_key}\n")
            (place / ".netrc").chmod(0o600)
            done = subprocess.run([tool, self.server.url + "/dav/"], input="ls\ncd Music\ncd \"The Tides\"\ncd \"Low Water\"\nls\nmget *\nmkcol New\nquit\n",
                                  text=True, capture_output=True, cwd=home, env={"HOME": home, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}, timeout=60)
            got = [path.read_bytes() for path in place.iterdir() if path.suffix == self.songs[0].suffix]
        self.assertRegex(done.stdout, r"(?s)Coll:\s+Films.*Coll:\s+Playlists")
        self.assertIn("405", done.stdout)
        self.assertEqual(sorted(got), sorted(song.read_bytes() for song in self.songs), done.stdout)

    def test_davfs2_mounts_and_reads(self):
        """In a namespace of its own, so that nothing stays mounted."""
        mount, unshare = require_program("mount.davfs", "davfs2"), require_program("unshare", "util-linux")
        with tempfile.TemporaryDirectory(prefix="marea-davfs-") as folder:
            place, at = pathlib.Path(folder), self.server.url + "/dav/"
            for name in ("mnt", "cache", "copy"):
                (place / name).mkdir()
            place.chmod(0o711)
            (place / "cache").chmod(0o777)   # it is another user by then
            (place / "secrets").write_text(f'{at} ben "{self.ben_key}"\n')
            (place / "secrets").chmod(0o600)
            # Since Linux 6.16, davfs2 before 1.7.2 lists nothing by the buffer that it takes by itself.
            (place / "conf").write_text(f"secrets {place}/secrets\ncache_dir {place}/cache\nuse_locks 0\nask_auth 0\nbuf_size 64\n")
            script = '"$1" "$2" mnt -o ro,conf="$PWD/conf" || exit 9; cp -r mnt/Films mnt/Music mnt/Series copy/; code=$?; umount -i mnt; exit $code'
            done = subprocess.run([unshare, "--mount", "sh", "-c", script, "sh", mount, at], cwd=folder, capture_output=True, text=True,
                                  env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}, stdin=subprocess.DEVNULL, timeout=300)
            if re.search("unshare failed|fuse|not permitted|can't|setuid|Only root", done.stderr):   # what this machine refuses, not the server
                self.skipTest("davfs2 mounts nothing here: " + done.stderr.strip()[-200:])
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            copied = {path.relative_to(place / "copy").as_posix(): path.read_bytes() for path in (place / "copy").rglob("*") if path.is_file()}
        self.assertEqual(copied["Films/Año： 100％ & más (2020).mkv"], self.film.read_bytes())
        self.assertEqual(sorted(data for name, data in copied.items() if name.startswith("Music/")), sorted(song.read_bytes() for song in self.songs))
        self.assertTrue([name for name in copied if name.startswith("Series/Tides/Season 01/")])
        self.assertFalse([name for name in copied if SECRET in name])


if __name__ == "__main__":
    unittest.main()
