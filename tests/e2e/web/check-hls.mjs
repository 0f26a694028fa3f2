// check-hls.mjs URL [--first N] [--origin S]: an HLS multivariant playlist and all that it leads to, by hls-parser in strict mode, by
// the boxes of every segment, and by rules of RFC 8216 (and its bis) that parsers leave to others.
// --first N: only the first N segments of a rendition are fetched, as a long title's are many. --origin S: the media's
// time, in seconds, at the title's start; without it, every rendition is taken to begin with the title.
import { get, getText, library, main } from './report.mjs';
import { sameCodec } from './codecs.mjs';
import { checkAligned, checkTimes, peakBitrate, readRendition } from './timeline.mjs';
import { checkTransportStream } from './transport.mjs';
import { checkVtt, jpegSize } from './check-vtt.mjs';

const HLS = library('hls-parser');
HLS.setOptions({ strictMode: true, silent: true });

const TYPES = ['application/vnd.apple.mpegurl', 'application/x-mpegurl', 'audio/mpegurl'];

// A playlist that hls-parser accepts, with its text; or null.
async function playlistAt(report, url) {
    const text = await getText(report, url, TYPES);
    if (text === null) return null;
    report.check(text.startsWith('#EXTM3U'), 'extm3u-first', url, `begins with ${JSON.stringify(text.slice(0, 12))}`);
    checkUris(report, url, text);
    checkDurations(report, url, text);
    try {
        return { url, text, playlist: HLS.parse(text) };
    } catch (error) {
        report.broken('parse', url, error.message);
        return null;
    }
}

// The token is in the path: only a relative URI keeps it, wherever the playlist is fetched from. What a system of keys
// outside wants to be told is no address at all.
function checkUris(report, url, text) {
    const told = /^#EXT-X-(?:SESSION-)?KEY:.*URI="(?:data|skd):.*$/gm;
    const uris = [...text.replace(told, '').matchAll(/URI="([^"]*)"/g)].map((found) => found[1]);
    uris.push(...text.split(/\r?\n/).filter((line) => line && !line.startsWith('#')));
    for (const uri of uris) report.check(!/^([a-z][a-z0-9+.-]*:|\/)/i.test(uri), 'relative-uris', url, uri);
}

function checkDurations(report, url, text) {
    const target = Number(/^#EXT-X-TARGETDURATION:(\d+)/m.exec(text)?.[1]);
    for (const [, duration] of text.matchAll(/^#EXTINF:([\d.]+)/gm)) {
        report.check(!(Math.round(duration) > target), 'extinf-target', url, `EXTINF ${duration} with a target of ${target}`);
        report.check(duration > 0, 'extinf-positive', url, `EXTINF ${duration}`);
    }
}

// A key without a vector counts by the media sequence number (RFC 8216, 5.2).
function mediaSegment({ uri, duration, key, mediaSequenceNumber }, playlist) {
    const iv = new Uint8Array(16);
    new DataView(iv.buffer).setUint32(12, mediaSequenceNumber);
    const whole = key?.method === 'AES-128' && { url: new URL(key.uri, playlist), iv: key.iv ?? iv };
    return { url: new URL(uri, playlist), duration, key: whole || undefined };
}

function checkMediaPlaylist(report, { url, playlist }) {
    if (!report.check(!playlist.isMasterPlaylist, 'media-playlist', url, 'a multivariant playlist inside another')) return;
    report.check(playlist.playlistType === 'VOD' && playlist.endlist, 'vod-ended', url, 'not VOD with EXT-X-ENDLIST');
    report.check(playlist.segments.length > 0, 'segments', url, 'none');
}

class Checker {
    renditions = new Map();

    constructor(report, first, origin) {
        this.report = report;
        this.first = first;
        this.origin = origin;
    }

    // The rendition behind a media playlist's URL, read once: {playlist, media|null, stated seconds}.
    async rendition(name, url, kind) {
        if (!this.renditions.has(String(url))) this.renditions.set(String(url), await this.readMedia(name, url, kind));
        return this.renditions.get(String(url));
    }

    async readMedia(name, url, kind) {
        const read = await playlistAt(this.report, url);
        if (!read) return null;
        checkMediaPlaylist(this.report, read);
        const all = read.playlist.segments ?? [];
        const segments = all.slice(0, this.first).map((segment) => mediaSegment(segment, url));
        const found = { url, playlist: read.playlist, seconds: all.reduce((sum, segment) => sum + segment.duration, 0) };
        if (kind === 'subtitles') {
            for (const segment of segments) found.cues = [...(found.cues ?? []), ...await checkVtt(this.report, segment.url, { hls: true, empty: true })];
            return found;
        }
        const map = all[0]?.map;
        if (map) {
            found.media = await readRendition(this.report, name, new URL(map.uri, url), segments);
            if (found.media && segments.length === all.length) checkTimes(this.report, url, found.media, this.origin);
        } else {
            found.transport = await checkTransportStream(this.report, segments);
            this.report.check(found.transport, 'ext-x-map', url, 'MP4 segments without EXT-X-MAP');
        }
        return found;
    }

    async variant(master, variant) {
        const { report } = this;
        const name = variant.uri;
        const video = await this.rendition(name, new URL(variant.uri, master), 'main');
        const audio = [];
        for (const each of variant.audio.filter((rendition) => rendition.uri)) {
            audio.push(await this.rendition(each.uri, new URL(each.uri, master), 'audio'));
        }
        for (const each of variant.subtitles) await this.rendition(each.uri, new URL(each.uri, master), 'subtitles');
        if (!video) return;
        this.checkCodecs(name, variant, [video, ...audio]);
        this.checkBandwidth(name, variant, video, audio);
        if (variant.resolution && video.media) {
            // What is shown (bis, 4.4.6.2), within an even number of pixels.
            const { width, height } = video.media.track.shown;
            const near = (stated, real) => Math.abs(stated - real) < 2;
            report.check(near(variant.resolution.width, width) && near(variant.resolution.height, height), 'resolution', name,
                `${variant.resolution.width}×${variant.resolution.height}, the media is shown at ${width}×${height}`);
        }
        if (video.media?.kind === 'video') report.check(variant.resolution, 'resolution', name, 'no RESOLUTION');
        const media = [video, ...audio].filter((each) => each?.media).map((each) => each.media);
        if (media.length > 1 && this.origin === undefined) checkAligned(report, name, media);
        for (const each of audio.filter(Boolean)) {
            report.check(Math.abs(each.seconds - video.seconds) <= video.playlist.targetDuration, 'same-length', each.url,
                `${each.seconds} s beside ${video.seconds} s`);
        }
    }

    // Pictures that decode alone (RFC 8216, 4.3.3.6), one a segment.
    async pictures(master, variant) {
        const { report } = this;
        const url = new URL(variant.uri, master);
        const read = await playlistAt(report, url);
        if (!read) return;
        checkMediaPlaylist(report, read);
        report.check(/^#EXT-X-I-FRAMES-ONLY$/m.test(read.text), 'one-picture', url, 'no EXT-X-I-FRAMES-ONLY');
        const segments = read.playlist.segments.slice(0, this.first);
        if (!report.check(segments[0]?.map, 'ext-x-map', url, 'no EXT-X-MAP')) return;
        const wanted = segments.map((segment) => mediaSegment(segment, url));
        const media = await readRendition(report, variant.uri, new URL(segments[0].map.uri, url), wanted);
        if (!media) return;
        report.check(media.samples === segments.length, 'one-picture', url, `${media.samples} pictures in ${segments.length} segments`);
        checkTimes(report, url, media, this.origin);
        const peak = peakBitrate(media.segments, Math.max(read.playlist.targetDuration, 1));
        report.check(peak <= variant.bandwidth, 'bandwidth', url, `a peak of ${Math.round(peak)} bit/s with BANDWIDTH=${variant.bandwidth}`);
        report.facts.pictures = [...report.facts.pictures ?? [], { count: media.samples, bandwidth: variant.bandwidth, peak: Math.round(peak) }];
    }

    // Sheets of thumbnails, as "HLS Image Media Playlist" 0.4 has them.
    async images(master, line) {
        const { report } = this;
        const url = new URL(/URI="([^"]*)"/.exec(line)[1], master);
        const stated = Number(/BANDWIDTH=(\d+)/.exec(line)?.[1]);
        const text = await getText(report, url, TYPES);
        if (text === null) return;
        checkUris(report, url, text);
        checkDurations(report, url, text);
        report.check(/^#EXT-X-IMAGES-ONLY$/m.test(text), 'sprite-cue', url, 'no EXT-X-IMAGES-ONLY');
        const sheets = [...text.matchAll(/#EXTINF:([\d.]+),\n#EXT-X-TILES:RESOLUTION=(\d+)x(\d+),LAYOUT=(\d+)x(\d+),DURATION=([\d.]+)\n(\S+)/g)];
        report.check(sheets.length > 0, 'segments', url, 'no sheets');
        for (const [, length, width, height, columns, rows, , uri] of sheets.slice(0, this.first)) {
            const picture = await get(report, new URL(uri, url));
            const size = picture && jpegSize(picture.bytes);
            if (!picture || !report.check(size, 'sprite-picture', uri, 'not a JPEG')) continue;
            report.check(size.width === width * columns && size.height === height * rows, 'sprite-inside', uri,
                `${columns}×${rows} tiles of ${width}×${height} in ${size.width}×${size.height}`);
            report.check(picture.bytes.length * 8 / length <= stated, 'bandwidth', uri,
                `${Math.round(picture.bytes.length * 8 / length)} bit/s with BANDWIDTH=${stated}`);
        }
        report.facts.sheets = sheets.length;
    }

    checkCodecs(name, variant, renditions) {
        const { report } = this;
        if (!report.check(variant.codecs, 'codecs', name, 'no CODECS')) return;
        const stated = variant.codecs.split(',').map((codec) => codec.trim());
        const real = renditions.filter((each) => each?.media).map((each) => each.media.codec);
        for (const codec of real) {
            report.check(stated.some((one) => sameCodec(one, codec)), 'codecs', name, `${codec} is not in CODECS="${variant.codecs}"`);
        }
        if (real.length) {
            for (const one of stated.filter((text) => !/^(wvtt|stpp)/.test(text))) {
                report.check(real.some((codec) => sameCodec(one, codec)), 'codecs', name, `no rendition has ${one} (there: ${real.join(', ')})`);
            }
        }
    }

    // BANDWIDTH is an upper bound for the variant with the dearest of each group's renditions (RFC 8216, 4.3.4.2).
    checkBandwidth(name, variant, video, audio) {
        const target = Math.max(video.playlist.targetDuration, 1);
        const peak = (each) => (each?.media ? peakBitrate(each.media.segments, target) : 0);
        const other = audio.filter((each) => each && each !== video);
        const measured = peak(video) + Math.max(0, ...other.map(peak));
        this.report.check(measured <= variant.bandwidth, 'bandwidth', name,
            `a peak of ${Math.round(measured)} bit/s with BANDWIDTH=${variant.bandwidth}`);
        this.report.facts.variants.push({ uri: name, bandwidth: variant.bandwidth, peak: Math.round(measured),
            codecs: variant.codecs, resolution: variant.resolution ?? null });
    }

    facts() {
        return [...this.renditions.values()].filter(Boolean).map((each) => ({
            url: String(each.url), segments: each.playlist.segments?.length ?? 0, seconds: each.seconds,
            kind: each.media?.kind ?? (each.cues ? 'subtitles' : 'ts'), codec: each.media?.codec ?? null,
            start: each.media?.start ?? null, end: each.media?.end ?? null, samples: each.media?.samples ?? null,
            cues: each.cues?.length ?? null,
            bytes: each.media?.segments.reduce((sum, segment) => sum + segment.bytes, 0) ?? each.transport?.bytes ?? null,
        }));
    }
}

await main(async (report, [url, ...flags]) => {
    report.facts.variants = [];
    const master = await playlistAt(report, url);
    if (!master) return;
    const number = (flag) => (flags.includes(flag) ? Number(flags[flags.indexOf(flag) + 1]) : undefined);
    const checker = new Checker(report, number('--first'), number('--origin'));
    if (!report.check(master.playlist.isMasterPlaylist, 'multivariant', url, 'a media playlist')) return;
    report.check(master.playlist.independentSegments, 'independent-segments', url, 'no EXT-X-INDEPENDENT-SEGMENTS');
    for (const variant of master.playlist.variants) {
        if (variant.isIFrameOnly) await checker.pictures(url, variant);
        else await checker.variant(url, variant);
    }
    for (const [line] of master.text.matchAll(/^#EXT-X-IMAGE-STREAM-INF:.*$/gm)) await checker.images(url, line);
    report.facts.renditions = checker.facts();
});
