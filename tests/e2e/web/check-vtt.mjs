// check-vtt.mjs URL [--hls] [--sprites] [--empty]: a WebVTT file. --hls: with the X-TIMESTAMP-MAP header that HLS needs;
// --sprites: cues name parts of pictures, which are fetched; --empty: no cue is no fault.
import { pathToFileURL } from 'node:url';
import { get, getText, library, main } from './report.mjs';

const { WebVTTParser } = library('webvtt-parser');

export async function checkVtt(report, url, options = {}) {
    const text = await getText(report, url, ['text/vtt']);
    if (text === null) return [];
    report.check(/^WEBVTT(?:[ \t\r\n]|$)/.test(text), 'vtt-signature', url, 'does not begin with WEBVTT');
    const map = /^X-TIMESTAMP-MAP=.*$/m.exec(text.split(/\r?\n\r?\n/)[0]);
    if (options.hls) checkMap(report, url, map?.[0]);
    // The parser knows the WebVTT standard alone, and HLS adds that header to it.
    const parsed = new WebVTTParser().parse(text.replace(/^X-TIMESTAMP-MAP=.*\r?\n/m, ''), 'subtitles');
    for (const error of parsed.errors) report.broken('vtt-syntax', `${url}:${error.line}`, error.message);
    report.check(options.empty || parsed.cues.length > 0, 'vtt-cues', url, 'no cues');
    parsed.cues.forEach((cue, at) => {
        report.check(cue.endTime > cue.startTime, 'vtt-times', url, `cue ${at} ends at ${cue.endTime}, begins at ${cue.startTime}`);
    });
    if (options.sprites) await checkSprites(report, url, parsed.cues);
    return parsed.cues.map((cue) => ({ start: cue.startTime, end: cue.endTime, text: cue.text }));
}

function checkMap(report, url, map) {
    const good = map && /MPEGTS:\d+/.test(map) && /LOCAL:(\d+:)?\d\d:\d\d\.\d{3}/.test(map);
    report.check(good, 'vtt-timestamp-map', url, map ? `malformed: ${map}` : 'without X-TIMESTAMP-MAP (RFC 8216, 3.5)');
}

async function checkSprites(report, url, cues) {
    for (const [at, cue] of cues.entries()) {
        const found = /^(\S+)#xywh=(\d+),(\d+),([1-9]\d*),([1-9]\d*)$/.exec(cue.text.trim());
        if (!report.check(found, 'sprite-cue', url, `cue ${at}: ${cue.text}`)) continue;
        const picture = await get(report, new URL(found[1], url));
        const size = picture && jpegSize(picture.bytes);
        const [x, y, width, height] = found.slice(2).map(Number);
        if (picture && report.check(size, 'sprite-picture', found[1], 'not a JPEG')) {
            report.check(x + width <= size.width && y + height <= size.height, 'sprite-inside', found[1],
                `${found[0].split('#')[1]} in ${size.width}×${size.height}`);
        }
    }
}

// From the frame header (ITU-T T.81, B.2.2); null when the bytes are no JPEG.
export function jpegSize(bytes) {
    if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
    for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; ) {
        const marker = bytes[at + 1];
        if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
            return { height: bytes[at + 5] * 256 + bytes[at + 6], width: bytes[at + 7] * 256 + bytes[at + 8] };
        }
        at += 2 + bytes[at + 2] * 256 + bytes[at + 3];
    }
    return null;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
    await main(async (report, [url, ...flags]) => {
        const options = Object.fromEntries(flags.map((flag) => [flag.replace(/^--/, ''), true]));
        const cues = await checkVtt(report, url, options);
        report.facts = { cues: cues.length, first: cues[0] ?? null, last: cues.at(-1) ?? null };
    });
}
