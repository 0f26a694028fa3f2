"""Protected titles: what leaves is encrypted, other people's players play it with the key, and without it nobody does."""
import base64
import hashlib
import pathlib
import re
import struct
import subprocess
import tempfile
import unittest

import players
from media import require_program
from support import PASSWORD, Browser, Server, http_request, make_album, make_media
from test_accounts import command
from webtools import Site, check

SECONDS, RATE = 12, 24
PICTURES = (SECONDS * RATE, SECONDS * RATE + 1)
KINDS = ("clearkey-cenc", "clearkey-cbcs", "identity-cenc", "identity-cbcs", "aes-128")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "24", "-bf", "2", "-pix_fmt", "yuv420p")
HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:keyint=48:open-gop=0", "-pix_fmt", "yuv420p")
TITLES = ("Tide", "Foam")  # copied; encoded anew for browsers


def make_titles(root):
    source, films = players.flash_and_beep(SECONDS, rate=RATE), root / "Films"
    make_media(films / "Tide (2020).mp4", *source, *H264, "-c:a", "aac", "-movflags", "+faststart")
    make_media(films / "Foam (2022).mkv", *source, *HEVC, "-c:a", "aac")
    make_media(films / "Open (2023).mp4", *source, *H264, "-c:a", "aac")
    make_album(root / "Music" / "Low Water", tracks=1, suffix=".flac", seconds=SECONDS)


def openssl(data, key, number):
    """A whole segment, decrypted by somebody else's program."""
    done = subprocess.run([require_program("openssl"), "enc", "-d", "-aes-128-cbc", "-K", key.hex(), "-iv", f"{number:032x}"],
                          input=data, capture_output=True, timeout=180)
    return done.stdout if done.returncode == 0 else b"wrong: " + done.stderr


def boxes(data, start=0, end=None):
    """(type, offset of its body, its end) of the boxes in there."""
    end = len(data) if end is None else end
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        yield kind.decode(), start + 8, start + size
        start += size


def box(data, *path):
    """(body, end) of the box down there."""
    start, end = 0, len(data)
    for name in path:
        start, end = next((at, to) for kind, at, to in boxes(data, start, end) if kind == name)
    return start, end


def aes_block(key, data, decrypt=True):
    """AES-128 of whole blocks, each alone."""
    done = subprocess.run([require_program("openssl"), "enc", "-d" if decrypt else "-e", "-aes-128-ecb", "-nopad", "-K", key.hex()],
                          input=data, capture_output=True, timeout=180, check=True)
    return done.stdout


def xor(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def samples_of(segment):
    """The samples of a segment of one fragment."""
    moof = next(at for kind, at, _ in boxes(segment) if kind == "moof") - 8
    trun, _ = box(segment, "moof", "traf", "trun")
    flags, count, offset = struct.unpack_from(">III", segment, trun)
    step = 4 * sum(bool(flags & bit) for bit in (0x100, 0x200, 0x400, 0x800))
    table = trun + 12 + (4 if flags & 4 else 0) + (4 if flags & 0x100 else 0)
    sizes = [struct.unpack_from(">I", segment, table + i * step)[0] for i in range(count)]
    at, found = moof + offset, []
    for size in sizes:
        found.append(segment[at:at + size])
        at += size
    return found


def samples_decrypted(segment, key, scheme, vector):
    """The samples, decrypted as ISO/IEC 23001-7 says, by nothing of ours. `vector`: the constant one of cbcs."""
    samples = samples_of(segment)
    inside = [kind for kind, _, _ in boxes(segment, *box(segment, "moof", "traf"))]
    info = sencs(segment, scheme, len(samples)) if "senc" in inside else [(None, [(0, len(sample))]) for sample in samples]
    return [sample_decrypted(sample, parts or [(0, len(sample))], key, scheme, own or vector)
            for sample, (own, parts) in zip(samples, info)]


def slices_of(sample):
    """The slices of a picture of H.264."""
    at = 0
    while at + 5 <= len(sample):
        size = struct.unpack_from(">I", sample, at)[0]
        if sample[at + 4] & 31 in (1, 5):
            yield sample[at + 4:at + 4 + size]
        at += 4 + size


def marks_of(pieces, is_video, length):
    """Runs of bytes that no protected form of these segments may have. Of pictures: from inside large slices, since their
    headers and slices of less than a block stay clear by the standard (ISO/IEC 23001-7, 9.5)."""
    for name, segment in pieces.items():
        for sample in samples_of(segment) if name.endswith(".m4s") else ():
            for run in slices_of(sample) if is_video else (sample,):
                mark = run[96:96 + length] if is_video else run[16:16 + length]
                if len(mark) == length and len(run) >= 96 + length + 16 * is_video and len(set(mark)) > 8:
                    yield mark


def sencs(segment, scheme, count):
    at, _ = box(segment, "moof", "traf", "senc")
    subsamples = struct.unpack_from(">I", segment, at)[0] & 2
    at, found = at + 8, []
    for _ in range(count):
        own, parts = None, []
        if scheme == "cenc":
            own, at = segment[at:at + 8] + bytes(8), at + 8
        if subsamples:
            number, at = struct.unpack_from(">H", segment, at)[0], at + 2
            for _ in range(number):
                parts.append(struct.unpack_from(">HI", segment, at))
                at += 6
        found.append((own, parts))
    return found


def sample_decrypted(sample, parts, key, scheme, vector):
    out, at, counted = b"", 0, 0
    total = sum(size for _, size in parts)
    blocks = total // 16 + 1
    counters = b"".join((int.from_bytes(vector, "big") + i).to_bytes(16, "big") for i in range(blocks))
    stream = aes_block(key, counters, decrypt=False) if scheme == "cenc" else b""
    for clear, size in parts:
        out, at = out + sample[at:at + clear], at + clear
        piece = sample[at:at + size]
        if scheme == "cenc":
            out += xor(piece, stream[counted:counted + size])
            counted += size
        else:
            video = len(parts) > 1 or clear > 0
            out += cbc_pattern(piece, key, vector, 10 if video else 1)
        at += size
    return out + sample[at:]


def cbc_pattern(data, key, vector, every):
    whole = len(data) // 16
    locked = [n for n in range(whole) if n % every == 0]
    cipher = [data[n * 16:n * 16 + 16] for n in locked]
    plain = aes_block(key, b"".join(cipher)) if cipher else b""
    out = bytearray(data)
    for i, n in enumerate(locked):
        out[n * 16:n * 16 + 16] = xor(plain[i * 16:i * 16 + 16], cipher[i - 1] if i else vector)
    return bytes(out)


class Protection(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-protection-")
        cls.addClassCleanup(folder.cleanup)
        cls.root = pathlib.Path(folder.name)
        make_titles(cls.root)
        cls.server = Server(libraries={"Films": cls.root / "Films", "Music": cls.root / "Music"})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.items = {item["title"]: item["id"] for item in cls.server.all_media("kind=movie,track")}
        # The clear segments first: the same that are encrypted afterwards.
        cls.clear = {title: cls.ask(title, "chromium", "hls") for title in TITLES}
        cls.clear_bytes = {title: cls.pieces(answer["url"], answer) for title, answer in cls.clear.items()}
        for title in (*TITLES, "Song 1"):
            cls.server.put(f"/api/v1/admin/media/{cls.items[title]}/protection", {"protected": True})

    @classmethod
    def ask(cls, title, preset, protocol, **more):
        body = {"capabilities": {"preset": preset, "protocols": [protocol], **more}}
        answer = cls.server.post(f"/api/v1/media/{cls.items[title]}/playback", body, expect=201).json
        return {**answer, "full_url": cls.server.url + answer["url"]}

    @classmethod
    def pieces(cls, url, answer):
        """{rendition: {piece: bytes}} of the first rendition of each kind, from the folder beside a playlist."""
        base, plan = url.split("/hls/")[0], url.split("/")[-2].split(".")
        chosen = [next(name for name in plan if name[0] == kind) for kind in "va"]
        return {name: {piece: http_request(f"{cls.server.url}{base}/m/{answer['file_id']}/{name}/{piece}").body
                       for piece in ("init.mp4", "0.m4s", "1.m4s", "2.m4s", "p1.m4s")[:5 if name[0] == "v" else 4]}
                for name in chosen}

    def key_of(self, answer, key_id=None):
        """As a player gets it: by licence, else from the playlist's address."""
        if not answer["protection"]["licence_url"]:
            return http_request(f"{self.server.url}{answer['url'].split('/hls/')[0]}/key").body
        wish = {"kids": [base64.urlsafe_b64encode(key_id).decode().rstrip("=")], "type": "temporary"}
        told = http_request(self.server.url + answer["protection"]["licence_url"], "POST", wish).json
        return base64.urlsafe_b64decode(told["keys"][0]["k"] + "==")

    def test_whole_segments_decrypt_to_the_clear_ones(self):
        for title in TITLES:
            answer = self.ask(title, "chromium", "hls", protection=["aes-128"])
            key, sealed = self.key_of(answer), self.pieces(answer["url"], answer)
            self.assertEqual(len(key), 16)
            for name, clear in self.clear_bytes[title].items():
                self.assertEqual(sealed[name]["init.mp4"], clear["init.mp4"])
                for piece in set(clear) - {"init.mp4"}:
                    number = int(re.search(r"\d+", piece)[0])
                    self.assertEqual(openssl(sealed[name][piece], key, number), clear[piece], (title, name, piece))
                    self.assertNotEqual(openssl(sealed[name][piece], key[::-1], number), clear[piece])

    def test_samples_decrypt_to_the_clear_ones(self):
        for kind in KINDS[:4]:
            scheme = kind.split("-")[1]
            for title in TITLES:
                answer = self.ask(title, "chromium", "hls", protection=[kind])
                sealed = self.pieces(answer["url"], answer)
                for name, clear in self.clear_bytes[title].items():
                    with self.subTest(kind=kind, title=title, name=name):
                        self.same_samples(answer, scheme, sealed[name], clear)

    def same_samples(self, answer, scheme, sealed, clear):
        head = sealed["init.mp4"]
        tenc = head.index(b"tenc") + 4
        key_id = head[tenc + 8:tenc + 24]
        self.assertIn(b"pssh\1\0\0\0" + bytes.fromhex("1077efecc0b24d02ace33c1e52e2fb4b") + b"\0\0\0\1" + key_id, head)
        vector = head[tenc + 25:tenc + 41] if scheme == "cbcs" else None
        key = self.key_of(answer, key_id)
        for piece in ("0.m4s", "2.m4s", "p1.m4s") if "p1.m4s" in clear else ("0.m4s",):
            plain = clear[piece]
            at, end = box(plain, "mdat")
            found = samples_decrypted(sealed[piece], key, scheme, vector)
            self.assertEqual(b"".join(found), plain[at:end], piece)
            self.assertNotEqual(sealed[piece][-(end - at):], plain[at:end])
        self.assertNotEqual(b"".join(samples_decrypted(sealed[piece], key[::-1], scheme, vector)), plain[at:end])

    def test_ffmpeg_decrypts_with_the_key_alone(self):
        answer = self.ask("Tide", "chromium", "hls", protection=["clearkey-cenc"])
        for name, sealed in self.pieces(answer["url"], answer).items():
            head, clear = sealed["init.mp4"], self.clear_bytes["Tide"][name]
            tenc = head.index(b"tenc") + 4
            key = self.key_of(answer, head[tenc + 8:tenc + 24])
            frames = self.frames(clear["init.mp4"] + clear["1.m4s"])
            self.assertGreater(len(frames), 500)
            self.assertEqual(self.frames(head + sealed["1.m4s"], "-decryption_key", key.hex()), frames)
            self.assertNotEqual(self.frames(head + sealed["1.m4s"], "-decryption_key", key[::-1].hex()), frames)
            self.assertNotEqual(self.frames(head + sealed["1.m4s"]), frames)

    def frames(self, data, *options):
        with tempfile.NamedTemporaryFile(suffix=".mp4") as file:
            file.write(data)
            file.flush()
            done = subprocess.run([require_program("ffmpeg"), "-v", "quiet", "-nostdin", *options, "-i", file.name, "-f", "framemd5", "-"],
                                  stdin=subprocess.DEVNULL, capture_output=True, timeout=180)
            return b"\n".join(line for line in done.stdout.splitlines() if not line.startswith(b"#"))

    def test_no_clear_byte_leaves(self):
        """Runs of the clear media are looked for in everything that a session of the title can reach."""
        for title in TITLES:
            # cbcs locks one block in ten of a picture: what is looked for there has eleven.
            names = list(self.clear_bytes[title])
            marks, long_marks = [], []
            for name in names:
                is_video = name.startswith("v")
                own = [list(marks_of(self.clear_bytes[title][name], is_video, length)) for length in (32, 176 if is_video else 32)]
                self.assertGreater(min(map(len, own)), 4, name)
                marks += own[0][::max(1, len(own[0]) // 40)]
                long_marks += own[1][::max(1, len(own[1]) // 40)]
            answer = self.ask(title, "mpv", "hls")
            base, file = self.server.url + answer["url"].split("/e/")[0], answer["file_id"]
            muxed = "+".join(names)
            addresses = [f"direct/{file}.mp4", f"hls/{file}/{'.'.join(names)}/master.m3u8", f"dash/{file}/{'.'.join(names)}/manifest.mpd"]
            for prefix in ("", *(f"e/{kind}/" for kind in KINDS)):
                addresses += [f"{prefix}m/{file}/{name}/{piece}" for name in names for piece in ("0.m4s", "1.m4s", "p0.m4s", "0.ts", "media.m3u8")]
                addresses += [f"{prefix}m/{file}/{muxed}/{piece}" for piece in ("0.ts", "1.ts", "0.m4s")]
                addresses += [f"{prefix}m/{file}/{audio}/audio.mp3" for audio in ("a1-mp3-2", "a1-mp3-2-320", names[1])]
            for address in addresses:
                got = http_request(f"{base}/{address}", timeout=180)
                forbidden = long_marks if "cbcs" in address else marks
                self.assertFalse(any(mark in got.body for mark in forbidden), address)
                if not address.startswith("e/"):
                    self.assertEqual(got.status, 403, address)
                part = http_request(f"{base}/{address}", headers={"Range": "bytes=0-99"}, timeout=180)
                self.assertIn(part.status, (200, 206, 403, 404, 422), address)

    def test_only_an_owner_with_an_access_token_reads_the_file(self):
        path = f"/api/v1/media/{self.items['Tide']}/file"
        self.assertEqual(hashlib.sha256(self.server.get(path).body).digest(),
                         hashlib.sha256((self.root / "Films" / "Tide (2020).mp4").read_bytes()).digest())
        added = command(self.server, "user", "add", "ben", "--role", "member", stdin=PASSWORD + "\n")
        self.assertEqual(added.returncode, 0, added)
        ben = {"username": "ben", "password": PASSWORD, "device_name": "phone"}
        token = self.server.post("/api/v1/login", ben, token=False).json["access_token"]
        self.server.get(path, token=token, expect=403)
        self.server.get(f"/api/v1/media/{self.items['Open']}/file", token=token, expect=200)
        self.server.put(f"/api/v1/admin/media/{self.items['Open']}/protection", {"protected": True}, token=token, expect=403)

    def test_tokens_are_of_one_title(self):
        tide, foam = (self.ask(title, "chromium", "hls", protection=["clearkey-cenc"]) for title in TITLES)
        ids = {}
        for name, answer in (("Tide", tide), ("Foam", foam)):
            text = http_request(answer["full_url"]).text
            ids[name] = base64.urlsafe_b64encode(bytes.fromhex(re.search(r"KEYID=0x(\w+)", text)[1])).decode().rstrip("=")
        licence = self.server.url + tide["protection"]["licence_url"]
        post = lambda url, *kids: http_request(url, "POST", {"kids": list(kids), "type": "temporary"})
        self.assertEqual(post(licence, ids["Tide"]).status, 200)
        self.assertEqual(post(licence, ids["Tide"]).headers["cache-control"], "no-store")
        self.assertEqual(post(licence, ids["Foam"]).status, 404)
        self.assertEqual(post(licence, ids["Tide"], ids["Foam"]).status, 404)
        self.assertEqual(post(licence.replace(self.items["Tide"], self.items["Foam"]), ids["Foam"]).status, 401)
        whole = self.ask("Tide", "mpv", "hls")
        key = f"{self.server.url}{whole['url'].split('/hls/')[0]}/key"
        self.assertEqual(http_request(key).status, 200)
        self.assertEqual(http_request(key.replace(self.items["Tide"], self.items["Foam"])).status, 401)

    def test_a_choice_holds_at_once_and_can_be_taken_back(self):
        path, item = f"/api/v1/admin/media/{self.items['Open']}/protection", self.items["Open"]
        played = self.server.post(f"/api/v1/media/{item}/playback", {"capabilities": {"preset": "chromium"}}, expect=201).json
        self.assertEqual((played["mode"], played["protection"]), ("direct", None))
        direct = self.server.url + played["url"]
        streamed = self.ask("Open", "chromium", "hls")
        media = f"{self.server.url}{streamed['url'].split('hls/')[0]}m/{streamed['file_id']}/v0-copy/1.m4s"
        self.assertEqual((http_request(direct).status, http_request(media).status), (200, 200))
        self.server.put(path, {"protected": True, "schemes": ["cbcs"]})
        self.assertEqual((http_request(direct).status, http_request(media).status), (403, 403))
        told = self.server.post(f"/api/v1/media/{item}/playback", {"capabilities": {"preset": "mpv"}}, expect=422).json
        self.assertIn("protected", told["detail"])
        self.assertEqual(self.ask("Open", "chromium", "hls")["protection"]["kind"], "clearkey-cbcs")
        self.server.delete(path, expect=200)
        self.assertEqual((http_request(direct).status, http_request(media).status), (200, 200))

    def test_keys_outlast_a_restart_and_are_no_clear_text(self):
        with tempfile.TemporaryDirectory(prefix="marea-keys-") as folder:
            root = pathlib.Path(folder)
            make_media(root / "Films" / "Ebb (2021).mp4", *players.flash_and_beep(2), *H264, "-c:a", "aac")
            data = root / "data"
            with Server(libraries={"Films": root / "Films"}, data=data) as server:
                server.wait_until_idle()
                item = server.all_media("kind=movie")[0]["id"]
                server.put(f"/api/v1/admin/media/{item}/protection", {"protected": True})
                key = self.fetched_key(server, item)
                log = server.log
            master = data / "keys" / "content-master.key"
            self.assertEqual(master.stat().st_mode & 0o777, 0o600)
            kept = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file()) + log.encode()
            for form in (key, key.hex().encode(), base64.b64encode(key), base64.urlsafe_b64encode(key).rstrip(b"=")):
                self.assertNotIn(form, kept)
            with Server(data=data, setup=False) as server:
                server.login()
                self.assertEqual(self.fetched_key(server, item), key)
            master.chmod(0o644)
            with Server(data=data, setup=False) as server:
                server.login()
                body = {"capabilities": {"preset": "mpv"}}
                url = server.post(f"/api/v1/media/{item}/playback", body, expect=201).json["url"]
                self.assertEqual(http_request(f"{server.url}{url.split('/hls/')[0]}/key").status, 503)
                self.assertEqual(http_request(server.url + url).status, 503)

    def fetched_key(self, server, item):
        url = server.post(f"/api/v1/media/{item}/playback", {"capabilities": {"preset": "mpv"}}, expect=201).json["url"]
        return http_request(f"{server.url}{url.split('/hls/')[0]}/key").body

    def test_hls_follows_the_rules(self):
        for title in (*TITLES, "Song 1"):
            for kind in KINDS:
                with self.subTest(title=title, kind=kind):
                    url = self.ask(title, "chromium", "hls", protection=[kind])["full_url"]
                    report = check("hls", url, "--origin", "10")
                    self.assertEqual(report["problems"][:6], [])
            with self.subTest(title=title, preset="mpv"):
                report = check("hls", self.ask(title, "mpv", "hls")["full_url"], "--origin", "10")
                self.assertEqual(report["problems"][:6], [])

    def test_dash_follows_the_rules(self):
        for title in (*TITLES, "Song 1"):
            for kind in KINDS[:2]:
                with self.subTest(title=title, kind=kind):
                    url = self.ask(title, "chromium", "dash", protection=[kind])["full_url"]
                    self.assertEqual(check("dash", url)["problems"][:6], [])

    def test_browsers_play_with_a_licence(self):
        cases = [(f"{title} {engine} {protocol} {kind}", engine, self.ask(title, "chromium", protocol, protection=[kind]))
                 for title in TITLES for engine, protocol, kinds in
                 (("hls", "hls", ("clearkey-cenc", "clearkey-cbcs", "aes-128")), ("shaka", "hls", ("identity-cenc", "identity-cbcs", "aes-128")),
                  ("shaka", "dash", ("clearkey-cenc", "clearkey-cbcs"))) for kind in kinds]
        with Site(upstream=self.server.url, tools=True) as site, Browser() as browser:
            for first in range(0, len(cases), 4):  # few at a time: each plays in real time
                titles = [{"name": name, "engine": engine, "url": site.url + answer["url"],
                           "licence": answer["protection"]["licence_url"] and site.url + answer["protection"]["licence_url"]}
                          for name, engine, answer in cases[first:first + 4]]
                for name, told in players.in_browser(browser, site, titles).items():
                    with self.subTest(name):
                        self.assertTrue(told["ok"], told)
                        self.assertEqual((told["errors"], told["jumps"]), ([], []), told)
                        self.assertAlmostEqual(told["duration"], SECONDS, delta=0.15)
                        self.assertGreater(told["frames"], RATE)
                        self.assertGreater(told["audioBytes"], 1000)

    def test_browsers_play_nothing_without_the_key(self):
        answer, other = (self.ask(title, "chromium", "hls", protection=["clearkey-cenc"]) for title in TITLES)
        with Site(upstream=self.server.url, tools=True) as site, Browser() as browser:
            titles = [{"name": "none", "engine": "hls", "url": site.url + answer["url"]},
                      {"name": "another's", "engine": "hls", "url": site.url + answer["url"],
                       "licence": site.url + other["protection"]["licence_url"]}]
            for name, told in players.in_browser(browser, site, titles).items():
                self.assertFalse(told["ok"], name)
                self.assertEqual(told["frames"], 0, name)

    def test_old_players_take_whole_segments(self):
        for title in TITLES:
            url = self.ask(title, "mpv", "hls")["full_url"]
            self.assertTrue(url.endswith("/ts.m3u8"), url)
            with self.subTest(title=title, player="ffprobe"):
                told = players.by_ffprobe(url)
                self.assertTrue(told["ok"], told)
                self.assertIn(int(told["video"][0]["nb_read_frames"]), PICTURES)
            with self.subTest(title=title, player="mpv"):
                told = players.by_mpv(url)
                self.assertTrue(told["ok"] and told["video"] and told["audio"], told)
                self.assertGreater(told["time"], SECONDS - 0.5)
                sought = players.by_mpv(url, "--start=8")
                self.assertTrue(sought["ok"] and sought["first"] > 7, sought)
            with self.subTest(title=title, player="VLC"):
                told = players.by_vlc(self.ask(title, "vlc", "hls")["full_url"])
                self.assertTrue(told["ok"] and told["video"] and told["audio"], told["text"])

    def test_old_players_play_nothing_without_the_key(self):
        answer = self.ask("Tide", "mpv", "hls")
        base = f"{self.server.url}{answer['url'].split('/hls/')[0]}/"
        text = http_request(answer["full_url"]).text
        rendition = re.search(r"m/(\S+)/media\.m3u8", text)[1]
        media = http_request(f"{base}m/{rendition}/media.m3u8").text
        served = {"/media.m3u8": media.replace("../../../key", "key").encode(), "/key": bytes(16)}
        served |= {f"/{n}.ts": http_request(f"{base}m/{rendition}/{n}.ts").body for n in range(media.count(".ts"))}
        with Site(served) as site:
            told = players.by_ffprobe(site.url + "/media.m3u8")
            self.assertFalse(told["ok"] and told["video"])
        served["/key"] = http_request(base + "key").body
        with Site(served) as site:
            told = players.by_ffprobe(site.url + "/media.m3u8")
            self.assertTrue(told["ok"], told)


if __name__ == "__main__":
    unittest.main()
