"""Other people's players on the stream URLs: Chromium's <video>, and VLC."""
import http.server
import pathlib
import tempfile
import threading
import unittest

from players import by_vlc
from support import Browser, Server, make_album, make_film, play

# Plays from the start, seeks to the middle, and answers once its time has gone on from there.
PLAY_AND_SEEK = """
const [url, type, done] = arguments;
const video = document.createElement('video');
const say = (ok, text) => done({ok, text, width: video.videoWidth, duration: video.duration, time: video.currentTime});
if (!video.canPlayType(type)) return say(false, 'cannot play ' + type);
video.muted = true;
video.addEventListener('error', () => say(false, video.error.message || 'error ' + video.error.code));
video.addEventListener('playing', () => {
    const middle = video.duration / 2;
    video.addEventListener('seeked', () => video.addEventListener('timeupdate', () => {
        if (video.currentTime > middle + 0.4) say(true, 'plays on');
    }), {once: true});
    video.currentTime = middle;
}, {once: true});
document.documentElement.appendChild(video);
video.src = url;
video.play().catch(error => say(false, String(error)));
"""


class EmptyPage(http.server.BaseHTTPRequestHandler):
    """A page of another origin, as a web player elsewhere would be. (Chromium loads no media from about:blank.)"""

    def do_GET(self):
        page = b"<!doctype html><title>A player</title>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_):
        pass


class Players(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-players-")
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        make_film(root / "Films" / "Tide (2020).mp4", 12)
        make_film(root / "Films" / "Foam (2022).webm", 12)
        make_album(root / "Music" / "Low Water", tracks=1, suffix=".flac")
        cls.server = Server(libraries={"Films": root / "Films", "Music": root / "Music"})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        pages = http.server.ThreadingHTTPServer(("127.0.0.1", 0), EmptyPage)
        cls.addClassCleanup(pages.server_close)
        cls.addClassCleanup(pages.shutdown)
        threading.Thread(target=pages.serve_forever, daemon=True).start()
        cls.page = f"http://127.0.0.1:{pages.server_port}/"
        cls.items = {i["title"]: i["id"] for i in cls.server.all_media("kind=movie,video,track")}

    def test_chromium_plays_seeks_and_plays_on(self):
        with Browser() as browser:
            for title in ("Tide", "Foam"):
                with self.subTest(title):
                    session = play(self.server, self.items[title], "chromium")
                    browser.open(self.page)
                    told = browser.run_async(PLAY_AND_SEEK, session["full_url"], session["mime_type"])
                    self.assertTrue(told["ok"], told)
                    self.assertEqual(told["width"], 320)
                    self.assertGreater(told["time"], told["duration"] / 2)

    def test_vlc_plays_to_the_end(self):
        for title in ("Tide", "Song 1"):
            with self.subTest(title):
                told = by_vlc(play(self.server, self.items[title], "vlc")["full_url"])
                self.assertTrue(told["ok"], told["text"])


if __name__ == "__main__":
    unittest.main()
