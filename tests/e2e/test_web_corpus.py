"""./test --long: every file of a corpus, streamed, in other people's players. A pair that fails must be in
docs/compatibility.md with its reason, and one that is there must fail."""
import concurrent.futures
import pathlib
import tempfile
import unittest

import players
from support import Browser, Server, is_long, media_corpus
from test_web_players import known_failures
from webtools import Site, web_tools

# One person asks for all titles before the first is played.
LIMITS = "[limits]\nsessions_per_user = 1000\ntranscodes = 1000\ntranscodes_per_user = 1000\nidle_session = 3600\n"
PLAYABLE = "movie,episode,video,track,audiobook"
AT_ONCE = 4
# What only small pictures and one loudspeaker are good enough for: nearly everything is encoded.
ENCODED = {"max_height": 240, "audio": [{"codec": "aac", "max_channels": 1}]}
# Player → preset, protocol, further capabilities.
BROWSERS = {"hls.js": ("chromium", "hls", {}), "Shaka Player": ("chromium", "dash", {}), "hls.js, encoded": ("chromium", "hls", ENCODED)}
PROGRAMS = {"ffprobe": ("mpv", players.by_ffprobe, {}), "mpv": ("mpv", players.by_mpv, {}), "VLC": ("vlc", players.by_vlc, {}),
            "ffprobe, encoded": ("mpv", players.by_ffprobe, ENCODED)}


class Corpus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not is_long():
            raise unittest.SkipTest("part of ./test --long")
        web_tools()
        folder = tempfile.TemporaryDirectory(prefix="marea-web-corpus-")
        cls.addClassCleanup(folder.cleanup)
        config = pathlib.Path(folder.name, "server.toml")
        config.write_text(LIMITS)
        cls.server = Server(libraries={"Corpus": media_corpus()}, args=("--config", str(config)))
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle(300)
        items = cls.server.all_media(f"fields=files&kind={PLAYABLE}")
        cls.files = [(file["name"], item, file) for item in items if item["status"] == "ok" for file in item["files"]]
        cls.known = known_failures()

    @classmethod
    def ask(cls, file_id, item_id, preset, protocol, more):
        """(URL path, None), or (None, why not)."""
        body = {"capabilities": {"preset": preset, "protocols": [protocol], **more}, "file": file_id}
        answer = cls.server.request("POST", f"/api/v1/media/{item_id}/playback", body)
        return (answer.json["url"], None) if answer.status == 201 else (None, answer.json.get("detail", str(answer.status)))

    def compare(self, player, wrong):
        """`wrong`: file name → what is wrong."""
        rows = [f"| `{name}` | {player} | {text} |" for name, text in sorted(wrong.items()) if (name, player) not in self.known]
        mended = [name for name, who in self.known if who == player and name not in wrong and name in {n for n, *_ in self.files}]
        self.assertEqual((rows, mended), ([], []), "not in docs/compatibility.md / no longer so\n" + "\n".join(rows))

    def in_program(self, player):
        preset, run, more = PROGRAMS[player]

        def one(entry):
            name, item, file = entry
            url, refused = self.ask(file["id"], item["id"], preset, "hls", more)
            if refused:
                return name, f"refused: {refused}"
            try:
                told = run(self.server.url + url)
            except Exception as error:  # a time-out is a finding too
                return name, type(error).__name__
            if not told["ok"]:
                return name, told["text"].replace("\n", " ").replace(self.server.url, "")[-200:]
            length = told.get("duration")
            return name, f"{length} s, not {file['duration']}" if length and abs(length - file["duration"]) > 0.3 else None
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            self.compare(player, {name: text for name, text in pool.map(one, self.files) if text})

    def in_browser(self, player):
        preset, protocol, more = BROWSERS[player]
        engine, wrong, titles = "hls" if protocol == "hls" else "shaka", {}, []
        for name, item, file in self.files:
            url, refused = self.ask(file["id"], item["id"], preset, protocol, more)
            if refused:
                wrong[name] = f"refused: {refused}"
            else:
                titles.append({"name": name, "engine": engine, "url": url, "text": False, "seconds": file["duration"],
                               "patience": 20 if (name, player) in self.known else 90})
        with Site(upstream=self.server.url, tools=True) as site, Browser() as browser:
            for start in range(0, len(titles), AT_ONCE):
                some = [{**title, "url": site.url + title["url"]} for title in titles[start:start + AT_ONCE]]
                for name, told in players.in_browser(browser, site, some).items():
                    seconds = next(title["seconds"] for title in some if title["name"] == name)
                    text = self.wrong_in_browser(told, seconds)
                    if text:
                        wrong[name] = text
        self.compare(player, wrong)

    def wrong_in_browser(self, told, seconds):
        if not told["ok"]:
            return (told.get("text") or "?")[:200]
        if told["errors"]:
            return told["errors"][0]["text"][:200]
        if told["jumps"]:
            return f"jumps {told['jumps']}"
        return f"{told['duration']} s, not {seconds}" if abs(told["duration"] - seconds) > 0.3 else None

    def test_hls_js(self):
        self.in_browser("hls.js")

    def test_shaka_player(self):
        self.in_browser("Shaka Player")

    def test_ffprobe(self):
        self.in_program("ffprobe")

    def test_mpv(self):
        self.in_program("mpv")

    def test_vlc(self):
        self.in_program("VLC")

    def test_ffprobe_of_what_is_encoded(self):
        self.in_program("ffprobe, encoded")

    def test_hls_js_of_what_is_encoded(self):
        self.in_browser("hls.js, encoded")


if __name__ == "__main__":
    unittest.main()
