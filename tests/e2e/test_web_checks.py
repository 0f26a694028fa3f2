"""The checkers of tests/e2e/web accept what is right, and find every rule broken that they have: each has a stream here
that was right until one thing in it was changed."""
import json
import os
import pathlib
import re
import struct
import subprocess
import tempfile
import unittest

from media import make_cover, require_program
from webtools import WEB, Site, web_tools

FIXTURE = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=24:duration=6", "-f", "lavfi", "-i",
           "sine=duration=6:sample_rate=48000"]
VIDEO = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "24", "-keyint_min", "24", "-sc_threshold", "0", "-pix_fmt", "yuv420p"]
HLS = ["-f", "hls", "-hls_time", "2", "-hls_playlist_type", "vod"]
MASTER = """#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="1",URI="audio.m3u8"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="English",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,URI="text.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=3000000,CODECS="avc1.42c00c,mp4a.40.2",RESOLUTION=320x180,FRAME-RATE=24.000,AUDIO="a",SUBTITLES="s"
video.m3u8
"""
ONE_VARIANT = """#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH=3000000,CODECS="avc1.42c00c,mp4a.40.2",RESOLUTION=320x180
{}
"""
TEXT = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n00:01.000 --> 00:02.000\nOne\n\n00:03.000 --> 00:04.000\nTwo\n"
TEXT_LIST = ("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:6\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:6.0,\ntext.vtt\n"
             "#EXT-X-ENDLIST\n")
SPRITES = "WEBVTT\n\n00:00.000 --> 00:05.000\ntiles.jpg#xywh=0,0,100,100\n\n00:05.000 --> 00:10.000\ntiles.jpg#xywh=100,0,100,100\n"


def ffmpeg(folder, *args):
    subprocess.run([require_program("ffmpeg"), "-hide_banner", "-loglevel", "error", "-nostdin", "-y", *args], cwd=folder,
                   check=True, stdin=subprocess.DEVNULL, timeout=400)


def make_fixture(folder):
    """Path → bytes of one title: HLS (MP4, muxed MP4, TS), DASH, WebVTT, sprites and a progressive file."""
    def rendition(name, *maps, kind="fmp4", suffix="m4s"):
        return [*maps, *HLS, "-hls_segment_type", kind, "-hls_fmp4_init_filename", f"{name}-init.mp4",
                "-hls_segment_filename", f"{name}-%d.{suffix}", f"{name}.m3u8"]
    video, audio = ["-map", "0:v", *VIDEO], ["-map", "1:a", "-c:a", "aac"]
    ffmpeg(folder, *FIXTURE, *rendition("video", *video), *rendition("audio", *audio), *rendition("both", *video, *audio),
           *rendition("old", *video, *audio, kind="mpegts", suffix="ts"),
           *video, *audio, "-f", "dash", "-seg_duration", "2", "-use_template", "1", "-use_timeline", "1",
           "-init_seg_name", "dash-$RepresentationID$.mp4", "-media_seg_name", "dash-$RepresentationID$-$Number$.m4s",
           "-adaptation_sets", "id=0,streams=v id=1,streams=a", "manifest.mpd",
           *video, *audio, "-movflags", "+faststart", "whole.mp4")
    files = {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}
    files |= {"master.m3u8": MASTER.encode(), "both-master.m3u8": ONE_VARIANT.format("both.m3u8").encode(),
              "old-master.m3u8": ONE_VARIANT.format("old.m3u8").encode(), "text.vtt": TEXT.encode(),
              "text.m3u8": TEXT_LIST.encode(), "sprites.vtt": SPRITES.encode(), "tiles.jpg": make_cover(200).read_bytes()}
    files["manifest.mpd"] = re.sub(rb'bandwidth="6\d+"', b'bandwidth="900000"', files["manifest.mpd"])
    return files


def replaced(name, old, new, count=-1):
    """A change of one file's text (or bytes)."""
    old, new = (text.encode() if isinstance(text, str) else text for text in (old, new))

    def change(files):
        assert old in files[name], f"{old} is not in {name}"
        files[name] = files[name].replace(old, new, count)
    return change


def patched(name, box, offset, value, form=">I"):
    """A change of a number inside the first box of a type; `offset` counts from the end of the box's type."""
    def change(files):
        data = bytearray(files[name])
        struct.pack_into(form, data, data.index(box) + 4 + offset, value(data, data.index(box) + 4 + offset)
                         if callable(value) else value)
        files[name] = bytes(data)
    return change


def appended(name, tail):
    return lambda files: files.update({name: files[name] + tail})


def prefixed(name, head):
    return lambda files: files.update({name: head + files[name]})


def removed(name):
    return lambda files: files.pop(name)


def copied(source, target):
    return lambda files: files.update({target: files[source]})


def with_bigger_mdat(files):
    data = files["video-1.m4s"]
    at = data.index(b"mdat") - 4
    files["video-1.m4s"] = data[:at] + struct.pack(">I", len(data) - at + 8) + data[at + 4:] + b"\0" * 8


def with_moof_last(files):
    data = files["video-1.m4s"]
    at = data.index(b"mdat") - 4
    files["video-1.m4s"] = data[at:] + data[:at]


def with_late_audio(files):
    for number in range(4):
        if f"audio-{number}.m4s" in files:
            patched(f"audio-{number}.m4s", b"tfdt", 4, lambda data, at: struct.unpack_from(">Q", data, at)[0] + 24000, ">Q")(files)


def with_plain_first_picture(files):
    data = bytearray(files["video-1.m4s"])
    at, found = data.index(b"mdat") + 4, False
    while not found:
        found = data[at + 4] & 31 == 5
        if found:
            data[at + 4] = data[at + 4] & 0xe0 | 1
        at += 4 + struct.unpack_from(">I", data, at)[0]
    files["video-1.m4s"] = bytes(data)


def with_short_audio_list(files):
    text = files["audio.m3u8"].decode()
    files["audio.m3u8"] = text.split("#EXTINF")[0].encode() + b"#EXTINF" + text.split("#EXTINF")[1].encode() + b"#EXT-X-ENDLIST\n"


def with_pictures(playlist):
    return appended("master.m3u8", f'#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=3000000,CODECS="avc1.42c00c",RESOLUTION=320x180,URI="{playlist}"\n'
                    .encode())


def with_images(sheet, layout):
    def change(files):
        appended("master.m3u8", b'#EXT-X-IMAGE-STREAM-INF:BANDWIDTH=90000,RESOLUTION=100x100,CODECS="jpeg",URI="images.m3u8"\n')(files)
        files["images.m3u8"] = ("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:10\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-IMAGES-ONLY\n"
                                f"#EXTINF:10.0,\n#EXT-X-TILES:RESOLUTION=100x100,LAYOUT={layout},DURATION=5.0\n{sheet}\n"
                                "#EXT-X-ENDLIST\n").encode()
    return change


def with_another_key(files):
    """Segments that are not encrypted with the key that the playlist names."""
    files["key"] = bytes(16)
    replaced("video.m3u8", "#EXTINF", '#EXT-X-KEY:METHOD=AES-128,URI="key"\n#EXTINF', 1)(files)


def without_segments(name):
    return lambda files: files.update({name: files[name].split(b"#EXTINF")[0] + b"#EXT-X-ENDLIST\n"})


# rule, where a client begins, and what is changed.
HLS_CASES = [
    ("one-picture", "master.m3u8", with_pictures("video.m3u8")),
    ("sprite-picture", "master.m3u8", with_images("video-1.m4s", "2x2")),
    ("sprite-inside", "master.m3u8", with_images("tiles.jpg", "3x2")),
    ("no-bom", "master.m3u8", prefixed("master.m3u8", b"\xef\xbb\xbf")),
    ("no-bom", "master.m3u8", prefixed("video.m3u8", b"\xef\xbb\xbf")),
    ("content-type", "master.txt", copied("master.m3u8", "master.txt")),
    ("utf-8", "master.m3u8", replaced("master.m3u8", "English", b"Fran\xe7ais", 1)),
    ("extm3u-first", "master.m3u8", prefixed("master.m3u8", b"\n")),
    ("parse", "master.m3u8", replaced("video.m3u8", "#EXT-X-TARGETDURATION:2\n", "")),
    ("parse", "master.m3u8", replaced("master.m3u8", 'GROUP-ID="a"', 'GROUP-ID="b"')),
    ("relative-uris", "master.m3u8", replaced("master.m3u8", '"audio.m3u8"', '"/audio.m3u8"')),
    ("relative-uris", "master.m3u8", replaced("video.m3u8", "video-1.m4s", "http://127.0.0.1:9/video-1.m4s")),
    ("reachable", "master.m3u8", removed("video-1.m4s")),
    ("reachable", "master.m3u8", removed("audio-init.mp4")),
    ("extinf-target", "master.m3u8", replaced("video.m3u8", "TARGETDURATION:2", "TARGETDURATION:1")),
    ("extinf-positive", "master.m3u8", replaced("video.m3u8", "EXTINF:2.000000", "EXTINF:0.000000", 1)),
    ("vod-ended", "master.m3u8", replaced("video.m3u8", "#EXT-X-ENDLIST\n", "")),
    ("parse", "master.m3u8", replaced("video.m3u8", "VERSION:7", "VERSION:5")),
    ("segments", "master.m3u8", without_segments("text.m3u8")),
    ("decrypts", "master.m3u8", with_another_key),
    ("media-playlist", "master.m3u8", copied("both-master.m3u8", "video.m3u8")),
    ("multivariant", "video.m3u8", lambda files: None),
    ("independent-segments", "master.m3u8", replaced("master.m3u8", "#EXT-X-INDEPENDENT-SEGMENTS\n", "")),
    ("ext-x-map", "master.m3u8", replaced("video.m3u8", '#EXT-X-MAP:URI="video-init.mp4"\n', "")),
    ("codecs", "master.m3u8", replaced("master.m3u8", 'CODECS="avc1.42c00c,mp4a.40.2",', "")),
    ("codecs", "master.m3u8", replaced("master.m3u8", "avc1.42c00c", "avc1.640028")),
    ("codecs", "master.m3u8", replaced("master.m3u8", ",mp4a.40.2", "")),
    ("bandwidth", "master.m3u8", replaced("master.m3u8", "BANDWIDTH=3000000", "BANDWIDTH=300000")),
    ("resolution", "master.m3u8", replaced("master.m3u8", "320x180", "640x360")),
    ("resolution", "master.m3u8", replaced("master.m3u8", "RESOLUTION=320x180,", "")),
    ("same-length", "master.m3u8", with_short_audio_list),
    ("durations-true", "master.m3u8", replaced("video.m3u8", "EXTINF:2.000000", "EXTINF:1.500000", 1)),
    ("starts-together", "master.m3u8", with_late_audio),
    ("one-track", "both-master.m3u8", lambda files: None),
    ("init-segment", "master.m3u8", copied("video-0.m4s", "video-init.mp4")),
    ("init-boxes", "master.m3u8", replaced("video-init.mp4", b"trex", b"free")),
    ("moof-first", "master.m3u8", with_moof_last),
    ("moof-first", "master.m3u8", copied("video-init.mp4", "video-1.m4s")),
    ("moof-boxes", "master.m3u8", replaced("video-1.m4s", b"tfdt", b"free")),
    ("box-structure", "master.m3u8", appended("video-1.m4s", b"\0\0\0")),
    ("box-structure", "master.m3u8", lambda files: files.update({"video-1.m4s": files["video-1.m4s"][:-100]})),
    ("track-ids", "master.m3u8", patched("video-1.m4s", b"tfhd", 4, 7)),
    ("default-base-is-moof", "master.m3u8", patched("video-1.m4s", b"tfhd", 1, 0, "B")),
    ("mdat-holds-samples", "master.m3u8", with_bigger_mdat),
    ("tfdt-continuous", "master.m3u8", patched("video-1.m4s", b"tfdt", 4, 48, ">Q")),
    ("tfdt-continuous", "master.m3u8", patched("audio-1.m4s", b"tfdt", 4, 99000, ">Q")),
    ("keyframe-first", "master.m3u8", patched("video-1.m4s", b"trun", 16, 0x1010000)),
    ("keyframe-first", "master.m3u8", with_plain_first_picture),
    ("ts-packets", "old-master.m3u8", appended("old-1.ts", b"\0" * 7)),
    ("ts-tables", "old-master.m3u8", lambda files: files.update({"old-1.ts": files["old-1.ts"][188 * 3:]})),
    ("vtt-timestamp-map", "master.m3u8", replaced("text.vtt", "X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n", "")),
]
DASH_CASES = [
    ("no-bom", prefixed("manifest.mpd", b"\xef\xbb\xbf")),
    ("xml", replaced("manifest.mpd", "</Period>", "")),
    ("mpd-root", replaced("manifest.mpd", "urn:mpeg:dash:schema:mpd:2011", "urn:example")),
    ("static", replaced("manifest.mpd", 'type="static"', 'type="dynamic" availabilityStartTime="2020-01-01T00:00:00Z"')),
    ("profiles", replaced("manifest.mpd", "profiles=", "other=")),
    ("min-buffer-time", replaced("manifest.mpd", "minBufferTime=", "other=")),
    ("one-period", replaced("manifest.mpd", "</Period>", "</Period><Period></Period>")),
    ("relative-uris", replaced("manifest.mpd", 'media="dash-', 'media="/dash-')),
    ("mpd-parser", replaced("manifest.mpd", "Period", "Other")),
    ("bandwidth", replaced("manifest.mpd", 'bandwidth="900000"', 'bandwidth="90000"')),
    ("segments", replaced("manifest.mpd", "SegmentTemplate", "SegmentOther")),
    ("codecs", replaced("manifest.mpd", 'codecs="mp4a.40.2"', 'codecs="mp4a.40.5"')),
    ("resolution", replaced("manifest.mpd", 'width="320"', 'width="640"')),
    ("presentation-time", replaced("manifest.mpd", 'timescale="12288"', 'timescale="12288" presentationTimeOffset="122880"')),
    ("media-duration", replaced("manifest.mpd", 'mediaPresentationDuration="PT6', 'mediaPresentationDuration="PT7')),
    ("durations-true", replaced("manifest.mpd", 'd="24576"', 'd="25600"')),
    ("tfdt-continuous", patched("dash-0-2.m4s", b"tfdt", 4, 48, ">Q")),
    ("reachable", removed("dash-1-2.m4s")),
]
VTT_CASES = [
    ("vtt-signature", "text.vtt", replaced("text.vtt", "WEBVTT", "WEBVT")),
    ("vtt-syntax", "text.vtt", replaced("text.vtt", "00:01.000 -->", "00:01 -->")),
    ("vtt-cues", "text.vtt", lambda files: files.update({"text.vtt": b"WEBVTT\n"})),
    ("vtt-times", "text.vtt", replaced("text.vtt", "00:03.000 --> 00:04.000", "00:03.000 --> 00:02.500")),
    ("vtt-syntax", "text.vtt", replaced("text.vtt", "00:03.000", "00:00.500")),
    ("vtt-timestamp-map", "text.vtt", replaced("text.vtt", "LOCAL:00:00:00.000", "LOCAL:0")),
    ("utf-8", "text.vtt", replaced("text.vtt", "One", b"Un\xe9")),
    ("sprite-cue", "sprites.vtt", replaced("sprites.vtt", "xywh=100,0", "xywh=100")),
    ("sprite-picture", "sprites.vtt", copied("sprites.vtt", "tiles.jpg")),
    ("sprite-inside", "sprites.vtt", replaced("sprites.vtt", "xywh=100,0", "xywh=150,0")),
]
MP4_CASES = [
    ("ftyp-first", replaced("whole.mp4", b"ftyp", b"free")),
    ("moov-and-mdat", replaced("whole.mp4", b"moov", b"free")),
    ("moov-boxes", replaced("whole.mp4", b"stsc", b"free")),
    ("box-structure", lambda files: files.update({"whole.mp4": files["whole.mp4"][:-10]})),
]


def with_moov_last(files):
    data = files["whole.mp4"]
    first = struct.unpack_from(">I", data)[0]
    second = first + struct.unpack_from(">I", data, first)[0]
    files["whole.mp4"] = data[:first] + data[second:] + data[first:second]


MP4_CASES.append(("moov-before-mdat", with_moov_last))


class Checks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tools = web_tools()
        with tempfile.TemporaryDirectory(prefix="marea-web-checks-") as folder:
            cls.files = make_fixture(folder)
        cls.site = Site({f"/{name}": data for name, data in cls.files.items()})
        cls.addClassCleanup(cls.site.close)

    def reports(self, kind, lines):
        """One process for all, as starting one each takes longer than the checks."""
        done = subprocess.run([require_program("node", "nodejs"), str(WEB / f"check-{kind}.mjs"), "--batch"],
                              input="".join(json.dumps(line) + "\n" for line in lines), capture_output=True, text=True,
                              timeout=400, env={**os.environ, "MAREA_WEB_MODULES": str(self.tools)})
        self.assertEqual(done.stderr, "")
        found = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(len(found), len(lines))
        self.assertEqual(done.returncode, 0 if all(report["ok"] for report in found) else 1)
        return found

    def changed(self, number, change):
        """The fixture with one change, served below a folder of its own."""
        files = dict(self.files)
        change(files)
        self.site.files.update({f"/{number}/{name}": data for name, data in files.items()})
        return f"{self.site.url}/{number}"

    def prove(self, kind, cases):
        lines = [[self.changed(f"{kind}{number}", change) + "/" + args[0], *args[1:]] for number, (_, args, change) in enumerate(cases)]
        if kind == "mp4":
            lines = [["--whole", *line] for line in lines]
        for (rule, args, _), report in zip(cases, self.reports(kind, lines)):
            with self.subTest(rule=rule, args=args):
                self.assertFalse(report["ok"])
                self.assertIn(rule, {problem["rule"] for problem in report["problems"]}, report["problems"])
                self.assertNotIn("checker", {problem["rule"] for problem in report["problems"]}, report["problems"])

    def test_what_is_right_is_accepted(self):
        url = self.site.url
        told = {"hls": [[f"{url}/master.m3u8"], [f"{url}/old-master.m3u8"], [f"{url}/master.m3u8", "--first", "1"]],
                "dash": [[f"{url}/manifest.mpd"]],
                "vtt": [[f"{url}/text.vtt", "--hls"], [f"{url}/sprites.vtt", "--sprites"]],
                "mp4": [["--whole", f"{url}/whole.mp4"], [f"{url}/video-init.mp4", f"{url}/video-0.m4s", f"{url}/video-1.m4s"]]}
        facts = {}
        for kind, lines in told.items():
            for line, report in zip(lines, self.reports(kind, lines)):
                self.assertEqual(report["problems"], [], line)
                facts[line[-1] if kind == "vtt" else line[0]] = report["facts"]
        kinds = [(r["kind"], r["codec"], r["samples"], r["cues"]) for r in facts[f"{url}/master.m3u8"]["renditions"]]
        self.assertIn(("video", "avc1.42c00c", 48, None), kinds)
        self.assertEqual(facts["--hls"]["cues"], 2)

    def test_every_rule_of_hls_can_fail(self):
        self.prove("hls", [(rule, [start], change) for rule, start, change in HLS_CASES])

    def test_every_rule_of_dash_can_fail(self):
        self.prove("dash", [(rule, ["manifest.mpd"], change) for rule, change in DASH_CASES])

    def test_every_rule_of_webvtt_can_fail(self):
        self.prove("vtt", [(rule, [start, "--sprites" if "sprite" in start else "--hls"], change)
                           for rule, start, change in VTT_CASES])

    def test_every_rule_of_whole_files_can_fail(self):
        self.prove("mp4", [(rule, ["whole.mp4"], change) for rule, change in MP4_CASES])

    def test_a_checker_that_fails_says_so(self):
        report = self.reports("mp4", [["--whole", "/nowhere.mp4"]])[0]
        self.assertEqual([problem["rule"] for problem in report["problems"]], ["checker"])

    def test_no_rule_is_without_a_proof(self):
        declared = set(re.search(r"RULES = new Set\(`([^`]+)`", (WEB / "report.mjs").read_text())[1].split())
        proven = {rule for rule, *_ in HLS_CASES + DASH_CASES + VTT_CASES + MP4_CASES} | {"checker"}
        self.assertEqual(declared - proven, set(), "no stream here breaks these")


if __name__ == "__main__":
    unittest.main()
