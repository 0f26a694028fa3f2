"""Other people's players on a stream: each plays a URL to its end and answers a dict with at least "ok" and "text" (what
went wrong)."""
import json
import os
import pwd
import re
import subprocess
import tempfile

from media import require_program

TIMEOUT = 400


def run_plain(command, timeout=TIMEOUT):
    """Runs a program as a user without rights: VLC refuses to run as root."""
    with tempfile.TemporaryDirectory(prefix="marea-player-") as home:
        more = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(home, nobody.pw_uid, nobody.pw_gid)
            more = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        env = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home, "XDG_RUNTIME_DIR": home}
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
                              timeout=timeout, env=env, cwd=home, **more)


# It says the first for AC-3 with a dummy audio output, of local files too; the second where a segment's counters begin
# anew; the third when it plays eight times as fast as it shows. It plays on after all of them.
VLC_HARMLESS = re.compile(r"failed to create audio output|PSI decoder\): TS (discontinuity|duplicate)|buffer deadlock prevented")


def by_vlc(url):
    vlc = require_program("vlc", "vlc-bin")
    done = run_plain([vlc, "-I", "dummy", "--no-video-title-show", "--vout", "dummy", "--aout", "dummy", "--rate", "8",
                      "--play-and-exit", "-vv", url])
    wrong = [line for line in re.findall(r"\] \S+ (?:input|access|stream|demux|decoder|adaptive)[a-z ]* error: .*", done.stderr)
             if not VLC_HARMLESS.search(line)]
    ended = "EOF reached" in done.stderr
    return {"ok": done.returncode == 0 and ended and not wrong, "log": done.stderr,
            "text": "; ".join(wrong[:3]) or ("" if ended else f"no end of file: {done.stderr[-800:]}"),
            "audio": "using audio decoder module" in done.stderr, "video": "using video decoder module" in done.stderr}


def by_mpv(url, *options):
    mpv = require_program("mpv")
    done = subprocess.run([mpv, "--no-config", "--untimed", "--vo=null", "--ao=null", "--ao-null-untimed=yes",
                           "--audio-display=no", "--msg-level=all=warn,cplayer=info,term-msg=info,statusline=status", "--load-scripts=no",
                           "--term-status-msg=AT ${=time-pos} OF ${=duration}\n", "--term-playing-msg=AT 0 OF ${=duration}\n",
                           *options, url],
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=TIMEOUT)
    said = re.sub(r"\x1b\[[A-K]", "\n", done.stdout + "\n" + done.stderr)
    times = [(float(at), float(of)) for at, of in re.findall(r"AT ([\d.]+) OF ([\d.]+)", said)]
    wrong = [line for line in said.splitlines() if re.search(r"error|invalid|fail", line, re.IGNORECASE)]
    ended = done.returncode == 0 and "End of file" in said
    return {"ok": ended and not wrong, "text": "; ".join(wrong[:3]) or ("" if ended else said[-500:]),
            "first": next((at for at, _ in times if at > 0), None), "time": max((at for at, _ in times), default=None), "duration": times[-1][1] if times else None,
            "video": "--vid=" in said, "audio": "--aid=" in said}


def by_ffprobe(url):
    """Decodes everything and counts."""
    done = subprocess.run([require_program("ffprobe", "ffmpeg"), "-v", "error", "-count_frames", "-show_entries",
                           "stream=codec_type,codec_name,width,height,channels,start_time,sample_rate,nb_read_frames:format=duration",
                           "-of", "json", url], stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
                          timeout=TIMEOUT)
    told = json.loads(done.stdout) if done.returncode == 0 else {}
    streams = told.get("streams", [])
    return {"ok": done.returncode == 0 and not done.stderr.strip(), "text": done.stderr.strip()[-600:], "streams": streams,
            "duration": float(told.get("format", {}).get("duration", "nan")),
            "video": [s for s in streams if s["codec_type"] == "video"], "audio": [s for s in streams if s["codec_type"] == "audio"]}


def in_browser(browser, site, titles):
    """`titles`: [{"name", "engine": "hls", "shaka" or "file", "url", "text": whether subtitles are shown, "licence": a URL,
    where there is one}], played side by side by tests/e2e/web/player.js. Name → what was seen."""
    browser.open(site.url + "/player.html")
    return browser.run_async("playAll(arguments[0]).then(arguments[1])", titles)


# A picture that flashes white and a tone that beeps at every second second, together.
FLASH_AND_BEEP = ("testsrc2=size={size}:rate={rate}:duration={seconds},drawbox=color=white:t=fill:enable='lt(mod(t,2),0.12)'",
                  "aevalsrc='if(lt(mod(t,2),0.12),0.5*sin(2*PI*1000*t),0)':s=48000:d={seconds}")


def flash_and_beep(seconds=12, size="320x180", rate=24):
    """ffmpeg's input options for it."""
    return [part for source in FLASH_AND_BEEP for part in ("-f", "lavfi", "-i", source.format(seconds=seconds, size=size, rate=rate))]


def beeps_after_flashes(url):
    """Seconds that a beep comes after each flash, as ffmpeg decodes the stream."""
    done = subprocess.run([require_program("ffmpeg"), "-hide_banner", "-nostats", "-nostdin", "-copyts", "-i", url, "-map", "0:v:0", "-vf",
                           "format=yuv420p,signalstats,metadata=print:key=lavfi.signalstats.YAVG", "-map", "0:a:0", "-af",
                           "silencedetect=noise=-30dB:duration=0.5", "-f", "null", "-"], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, errors="replace", timeout=TIMEOUT)
    frames = re.findall(r"pts_time:(\S+)\s*\n.*lavfi\.signalstats\.YAVG=([\d.]+)", done.stderr)
    flashes, bright = [], True
    for at, level in frames:
        if float(level) > 200 and not bright:
            flashes.append(float(at))
        bright = float(level) > 200
    beeps = [float(at) for at in re.findall(r"silence_end: (\S+)", done.stderr)]
    return [min((beep - flash for beep in beeps), key=abs) for flash in flashes if beeps]
