#!/usr/bin/env python3
"""./bench catalog: a generated tree of 10,000 small tagged MP3 and FLAC files (--large: 100,000), scanned, scanned again
and searched by marea-server and by mpd on the same tree. Wanted: first scan ≥ 1.0× mpd's files/s, unchanged rescan ≥ 0.5×
of find's rate, search p95 ≤ 0.1× of mpd's. Both programs run already, with nothing in their databases, when the request
for the first scan is sent (a new library; mpd's `update`); its time ends when they say that they are idle.

Then a catalogue of 100,000 made-up files (--large: 1,000,000), written by catalog_rows with the store's own code: search as
one types and pages of lists, over HTTP, and the server's memory. Wanted of a million on two cores: search p95 ≤ 20 ms, page
p95 ≤ 10 ms."""
import http.client
import importlib.util
import json
import os
import pathlib
import random
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from support import ROOT, Report, is_large, median, peer_program, percentile, program, undisturbed  # noqa: E402


def end_to_end_support():
    """tests/e2e/support.py, which has the name of the benches' own."""
    spec = importlib.util.spec_from_file_location("e2e_support", ROOT / "tests" / "e2e" / "support.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


e2e = end_to_end_support()
SYLLABLES = "ba be bi bo da de di do fa fe fi ga go ka ke la le li lo ma me mi mo na ne no pa pe ra re ri ro sa se so ta te to va ve".split()
GENRES = ["Jazz", "Rock", "Folk", "Classical", "Electronic", "Soul"]
TRACKS = 10
PAUSE = 0.01  # seconds between two questions whether a scan is over


class Words:
    """Made-up words, some far more frequent than others, as in real titles."""

    def __init__(self, seed, count=4000):
        self.random = random.Random(seed)
        self.words = ["".join(self.random.choice(SYLLABLES) for _ in range(self.random.randint(1, 4))) for _ in range(count)]

    def word(self):
        return self.words[int(len(self.words) * self.random.random() ** 3)]

    def title(self, most=4):
        return " ".join(self.word() for _ in range(self.random.randint(1, most))).title()


def id3(tags):
    """An ID3v2.3 tag with text frames in Latin-1."""
    frames = b""
    for name, key in (("TIT2", "title"), ("TPE1", "artist"), ("TPE2", "albumartist"), ("TALB", "album"), ("TRCK", "track"),
                      ("TYER", "year"), ("TCON", "genre")):
        text = b"\0" + str(tags[key]).encode("latin-1", "replace")
        frames += name.encode() + struct.pack(">IH", len(text), 0) + text
    size = len(frames)
    return b"ID3\3\0\0" + bytes((size >> shift) & 127 for shift in (21, 14, 7, 0)) + frames


def flac_parts(data):
    """The stream info block, and the frames after the last metadata block."""
    at, info = 4, b""
    while True:
        head = data[at]
        size = int.from_bytes(data[at + 1:at + 4], "big")
        if head & 127 == 0:
            info = data[at + 4:at + 4 + size]
        at += 4 + size
        if head & 128:
            return info, data[at:]


def flac(parts, tags):
    """A FLAC file with the given Vorbis comment."""
    names = {"title": "TITLE", "artist": "ARTIST", "albumartist": "ALBUMARTIST", "album": "ALBUM", "track": "TRACKNUMBER",
             "year": "DATE", "genre": "GENRE"}
    lines = [f"{names[key]}={value}".encode() for key, value in tags.items() if key in names]
    comment = struct.pack("<I", 5) + b"marea" + struct.pack("<I", len(lines))
    comment += b"".join(struct.pack("<I", len(line)) + line for line in lines)
    info, frames = parts
    return b"fLaC\0" + len(info).to_bytes(3, "big") + info + b"\x84" + len(comment).to_bytes(3, "big") + comment + frames


def sound(folder, name, *options):
    path = folder / name
    subprocess.run(["ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-f", "lavfi", "-i", "sine=440:duration=1:sample_rate=44100",
                    *options, str(path)], check=True)
    return path.read_bytes()


def make_tree(root, count, scratch):
    """`count` files in albums of ten; every second album is MP3."""
    mp3 = sound(scratch, "base.mp3", "-b:a", "64k", "-id3v2_version", "0", "-write_xing", "0")
    parts = flac_parts(sound(scratch, "base.flac"))
    words = Words(1)
    artists = [words.title(2) for _ in range(max(1, count // 60))]
    for album in range(count // TRACKS):
        artist, title = words.random.choice(artists), words.title(3)
        folder = root / artist / f"{title} {album}"
        folder.mkdir(parents=True, exist_ok=True)
        for track in range(1, TRACKS + 1):
            tags = {"title": words.title(), "artist": artist, "albumartist": artist, "album": title, "track": track,
                    "year": 1960 + album % 60, "genre": GENRES[album % len(GENRES)]}
            if album % 2:
                (folder / f"{track:02} {tags['title']}.mp3").write_bytes(id3(tags) + mp3)
            else:
                (folder / f"{track:02} {tags['title']}.flac").write_bytes(flac(parts, tags))
    return words


class Mpd:
    """Debian's mpd with a configuration and a database of its own, over a Unix socket."""

    def __init__(self, program, music, folder):
        self.program, self.folder, self.music = program, folder, music
        self.socket_path = folder / "mpd.sock"
        (folder / "root").mkdir(parents=True, exist_ok=True)
        (folder / "mpd.conf").write_text(
            f'music_directory "{folder}/root"\ndb_file "{folder}/db"\nlog_file "{folder}/log"\nbind_to_address "{self.socket_path}"\n'
            f'state_file "{folder}/state"\nmax_output_buffer_size "1048576"\naudio_output {{\n type "null"\n name "none"\n}}\n')

    def start(self):
        """Starts it with an empty folder, which it scans by itself, and waits until it is idle."""
        self.process = subprocess.Popen([self.program, "--no-daemon", str(self.folder / "mpd.conf")],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        e2e.wait_for(self.connect, 30, "mpd", 0.005)
        self.wait_until_idle()

    def wait_until_idle(self):
        while "updating_db" in self.ask("status"):
            time.sleep(PAUSE)

    def first_scan(self):
        """Seconds from `update`, with the music there, until it is idle."""
        (self.folder / "root" / "music").symlink_to(self.music)
        began = time.perf_counter()
        self.ask("update")
        self.wait_until_idle()
        return time.perf_counter() - began

    def connect(self):
        try:
            self.link = socket.socket(socket.AF_UNIX)
            self.link.connect(str(self.socket_path))
            return self.link.recv(100).startswith(b"OK")
        except OSError:
            return False

    def ask(self, command):
        self.link.sendall(command.encode() + b"\n")
        answer = bytearray()
        while not (answer.endswith(b"OK\n") or b"ACK" in answer[:3]):
            answer += self.link.recv(1 << 20)
        return answer.decode("utf-8", "replace")

    def songs(self):
        return int(self.ask("stats").split("songs: ")[1].split()[0])

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        self.link.close()


class Api:
    """GETs on one connection kept alive, as a client makes them."""

    def __init__(self, server):
        parts = urllib.parse.urlsplit(server.url)
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        self.connection.connect()
        self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.headers = {"Authorization": f"Bearer {server.token}"}

    def get(self, path):
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (path, answer.status, body[:200])
        return body


def first_scan(server, music):
    """Seconds from the request for a library until it has been scanned."""
    api = Api(server)
    began = time.perf_counter()
    server.post("/api/v1/admin/libraries", {"name": "Music", "path": str(music)})
    while True:
        library = json.loads(api.get("/api/v1/libraries"))["items"][0]
        if library["state"] != "scanning" and library["last_scan_at"]:
            return time.perf_counter() - began
        time.sleep(PAUSE)


def rescan(server):
    """Seconds of an unchanged rescan, until the server says that it is over."""
    api = Api(server)
    before = json.loads(api.get("/api/v1/libraries"))["items"][0]
    began = time.perf_counter()
    server.post(f"/api/v1/admin/libraries/{before['id']}/scan")
    while True:
        library = json.loads(api.get("/api/v1/libraries"))["items"][0]
        if library["state"] != "scanning" and library["last_scan_at"] != before["last_scan_at"]:
            return time.perf_counter() - began
        time.sleep(0.001)


def find(music):
    began = time.perf_counter()
    subprocess.run(["find", str(music), "-printf", "%p %s %T@ %i\\n"], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def timed(action):
    began = time.perf_counter()
    action()
    return (time.perf_counter() - began) * 1000


def queries(words, count=200):
    """Whole words, beginnings and pairs, as typed letter by letter."""
    chosen = []
    for _ in range(count):
        word = words.word()
        chosen.append(words.random.choice([word, word[:words.random.randint(1, len(word))], f"{word} {words.word()[:2]}"]))
    return chosen


def search(report, server, mpd, words):
    api, ours, theirs = Api(server), [], []
    for query in queries(words):
        path = "/api/v1/search?q=" + urllib.parse.quote(query)
        ours.append(timed(lambda: api.get(path)))
        if mpd:
            theirs.append(timed(lambda: mpd.ask(f'search any "{query}"')))
    report.case("search p95", "ms", percentile(ours, 95), percentile(theirs, 95), "mpd search any")
    report.case("search median", "ms", median(ours), median(theirs), "mpd search any")


def pages(report, server, most=200):
    api, taken, cursor = Api(server), [], ""
    for _ in range(most):
        body = []
        taken.append(timed(lambda: body.append(api.get("/api/v1/media?kind=track&limit=50" + cursor))))
        following = json.loads(body[0])["next_cursor"]
        if not following:
            break
        cursor = "&cursor=" + urllib.parse.quote(following)
    report.case("page of 50 p95", "ms", percentile(taken, 95))


def typed(words, count):
    """What is asked while titles are typed, letter by letter, a tenth of them with a mistake."""
    asked = []
    for _ in range(count):
        text = f"{words.word()} {words.word()}" if words.random.random() < 0.5 else words.word()
        if words.random.random() < 0.1 and len(text) > 4:
            at = words.random.randrange(1, len(text) - 1)
            text = text[:at] + text[at + 1] + text[at] + text[at + 2:]
        asked += [text[:end] for end in range(1, len(text) + 1)]
    return asked


def memory(server):
    """MiB of the process: its own pages, and all with what is mapped of files."""
    fields = dict(line.split(":", 1) for line in pathlib.Path(f"/proc/{server.pid}/status").read_text().splitlines())
    return [int(fields[name].split()[0]) / 1024 for name in ("RssAnon", "VmRSS")]


FILTERS = ["kind=track", "kind=track&genre=jazz", "kind=track&genre=chiptune&sort=year", "kind=album&year_from=1970&year_to=1979",
           "kind=movie&resolution=2160p&sort=added", "kind=movie,episode&hdr=dolby_vision", "kind=track&duration_from=300&sort=popular",
           "kind=track&state=unwatched&sort=added", "sort=added", "kind=track&library={library}&sort=duration"]


class Words40k(Words):
    """The words of catalog_rows, as far as their titles tell."""

    def __init__(self, api):
        self.random = random.Random(5)
        titles = []
        for kind in ("track", "movie", "album", "artist"):
            for order in ("asc", "desc"):
                page = json.loads(api.get(f"/api/v1/media?kind={kind}&limit=200&sort=added&order={order}"))
                titles += [item["title"].lower() for item in page["items"]]
        self.words = [word for title in titles for word in title.split() if word.isalpha()]

    def word(self):
        return self.random.choice(self.words)


def many_items(report, base, count):
    """A catalogue too large to be made of files here."""
    data, name = base / "many", f"{count // 1000}k files: "
    data.mkdir()
    began = time.perf_counter()
    subprocess.run([str(program("catalog_rows")), str(data / "marea.db"), str(base / "nowhere"), str(count)], check=True)
    report.case(name + "rows written", "files/s", count / (time.perf_counter() - began), better="higher")
    server = e2e.Server(data=data, args=undisturbed(base))
    api = Api(server)
    words = Words40k(api)
    asked = typed(words, 150)
    for query in asked[:50]:
        api.get("/api/v1/search?q=" + urllib.parse.quote(query))
    taken = [timed(lambda: api.get("/api/v1/search?q=" + urllib.parse.quote(query))) for query in asked]
    report.case(name + "search as typed p50", "ms", percentile(taken, 50))
    report.case(name + "search as typed p95", "ms", percentile(taken, 95))
    library = json.loads(api.get("/api/v1/libraries"))["items"][0]["id"]
    all_pages, firsts = [], []
    for query in FILTERS:
        query, cursor, pages = query.format(library=library), "", []
        while len(pages) < 40:
            body = []
            pages.append(timed(lambda: body.append(api.get(f"/api/v1/media?limit=50&{query}{cursor}"))))
            following = json.loads(body[0])["next_cursor"]
            if not following:
                break
            cursor = "&cursor=" + urllib.parse.quote(following)
        if os.environ.get("MAREA_BENCH_DETAIL"):
            print(f"  {query}: first {pages[0]:.1f} ms, then p95 {percentile(pages[1:] or pages, 95):.1f} ms", file=sys.stderr)
        firsts.append(pages[0])
        all_pages += pages
    report.case(name + "page of 50 p95", "ms", percentile(all_pages, 95))
    report.case(name + "first page of a list with its total, median", "ms", median(firsts))
    report.case(name + "page of a list by two letters", "ms", [timed(lambda: api.get("/api/v1/media?kind=track&q=ba")) for _ in range(5)])
    report.case(name + "facets of tracks", "ms", timed(lambda: api.get("/api/v1/media/facets?kind=track&facet=genre,decade,artist")))
    own, resident = memory(server)
    report.case(name + "memory of its own", "MiB", own)
    report.case(name + "memory with mapped files", "MiB", resident)
    server.stop()


def main():
    report = Report("catalog")
    count = int(os.environ.get("MAREA_BENCH_FILES", 100_000 if is_large() else 10_000))  # fewer: to try the bench itself
    rounds = 1 if is_large() else 3
    program = peer_program("mpd")
    with tempfile.TemporaryDirectory(prefix="marea-bench-") as base:
        base = pathlib.Path(base)
        music = base / "music"
        words = make_tree(music, count, base)
        find(music)  # both find the tree in the page cache
        ours, theirs, server, mpd = [], [], None, None
        for number in range(rounds):
            if server:
                server.stop()
            server = e2e.Server(data=base / f"data{number}", args=undisturbed(base))
            ours.append(count / first_scan(server, music))
            found = json.loads(Api(server).get("/api/v1/libraries"))["items"][0]
            assert found["files"] == count and found["broken"] == 0, found
            if program:
                if mpd:
                    mpd.stop()
                mpd = Mpd(program, music, base / f"mpd{number}")
                mpd.start()
                theirs.append(count / mpd.first_scan())
                assert mpd.songs() == count, mpd.songs()
        report.case("first scan", "files/s", ours, theirs or None, "mpd", better="higher")
        again = [(count / rescan(server), count / find(music)) for _ in range(7)]
        report.case("unchanged rescan", "files/s", [a for a, _ in again], [b for _, b in again], "find -printf", better="higher")
        search(report, server, mpd, words)
        pages(report, server)
        server.stop()
        if mpd:
            mpd.stop()
        many_items(report, base, int(os.environ.get("MAREA_BENCH_ROWS", 1_000_000 if is_large() else 100_000)))


if __name__ == "__main__":
    main()
