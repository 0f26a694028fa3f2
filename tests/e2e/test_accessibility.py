"""Sounds that tell what is to be seen, and subtitles that tell what is to be heard: files say so, and manifests too."""
import pathlib
import tempfile
import unittest

from media import make_media
from support import Server, http_request, play
from webtools import check

SECONDS = 6


class Accessibility(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-accessibility-")
        cls.addClassCleanup(folder.cleanup)
        films = pathlib.Path(folder.name) / "Films"
        films.mkdir()
        text = pathlib.Path(folder.name) / "text.srt"
        text.write_text("1\n00:00:01,000 --> 00:00:02,000\n[Door creaks]\n")
        sounds = [part for tone in (330, 440, 550) for part in ("-f", "lavfi", "-i", f"sine=frequency={tone}:duration={SECONDS}")]
        make_media(films / "Weir (2019).mkv", "-f", "lavfi", "-i", f"testsrc2=size=320x180:rate=24:duration={SECONDS}", *sounds,
                   "-i", str(text), *(part for stream in range(5) for part in ("-map", str(stream))),
                   "-c:v", "libx264", "-preset", "ultrafast", "-g", "24", "-pix_fmt", "yuv420p", "-c:a", "aac", "-c:s", "srt",
                   "-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=eng", "-metadata:s:a:2", "language=eng",
                   "-metadata:s:a:2", "title=Remarks", "-metadata:s:s:0", "language=eng",
                   "-disposition:a:0", "visual_impaired", "-disposition:a:1", "default", "-disposition:a:2", "comment",
                   "-disposition:s:0", "hearing_impaired")
        cls.server = Server(libraries={"Films": films})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()
        cls.film = cls.server.all_media()[0]["id"]

    def test_the_file_is_understood(self):
        streams = self.server.get(f"/api/v1/media/{self.film}").json["files"][0]["streams"]
        self.assertEqual([s["title"] for s in streams if s["kind"] == "audio"], ["Audio description", None, "Remarks"])

    def test_hls_says_for_whom_each_is(self):
        session = play(self.server, self.film, "chromium")
        self.assertEqual(session["audio"]["stream_index"], 2, "not the description, nor the remarks")
        lines = [line for line in http_request(session["full_url"]).text.splitlines() if line.startswith("#EXT-X-MEDIA")]
        described = [line for line in lines if 'CHARACTERISTICS="public.accessibility.describes-video"' in line]
        self.assertEqual([('NAME="Audio description"' in line, "DEFAULT=NO,AUTOSELECT=YES" in line) for line in described],
                         [(True, True)])
        written = [line for line in lines if "TYPE=SUBTITLES" in line]
        self.assertEqual(len(written), 1)
        self.assertIn('CHARACTERISTICS="public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound"',
                      written[0])
        self.assertEqual(check("hls", session["full_url"])["problems"], [])

    def test_dash_says_for_whom_each_is(self):
        answer = self.server.post(f"/api/v1/media/{self.film}/playback",
                                  {"capabilities": {"preset": "chromium", "protocols": ["dash"]}}, expect=201).json
        url = self.server.url + answer["url"]
        text = http_request(url).text
        self.assertEqual(text.count('<Accessibility schemeIdUri="urn:tva:metadata:cs:AudioPurposeCS:2007" value="1"/>'), 1)
        self.assertEqual(text.count('<Accessibility schemeIdUri="urn:mpeg:dash:role:2011" value="caption"/>'), 1)
        self.assertEqual(text.count('<Role schemeIdUri="urn:mpeg:dash:role:2011" value="commentary"/>'), 1)
        self.assertEqual(check("dash", url)["problems"], [])


if __name__ == "__main__":
    unittest.main()
