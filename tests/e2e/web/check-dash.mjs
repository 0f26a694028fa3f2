// check-dash.mjs URL [--first N]: a DASH manifest (static, SegmentTemplate) and all segments, by mpd-parser, by the boxes
// of every segment, and by rules of ISO/IEC 23009-1. --first N: only the first N segments of each representation.
import { get, getText, library, main } from './report.mjs';
import { sameCodec } from './codecs.mjs';
import { checkTimes, readRendition } from './timeline.mjs';
import { checkVtt, jpegSize } from './check-vtt.mjs';

const mpdParser = library('mpd-parser');
const { DOMParser } = library('@xmldom/xmldom');

function xmlOf(report, url, text) {
    const wrong = [];
    const told = (message) => wrong.push(message);
    const root = new DOMParser({ errorHandler: { warning: told, error: told, fatalError: told } })
        .parseFromString(text, 'application/xml')?.documentElement;
    report.check(!wrong.length && root, 'xml', url, wrong[0] ?? 'empty');
    return wrong.length ? null : root;
}

// xs:duration, of days and below.
function seconds(text) {
    const found = /^P(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/.exec(text ?? '');
    return found ? [86400, 3600, 60, 1].reduce((sum, unit, at) => sum + unit * Number(found[at + 1] ?? 0), 0) : NaN;
}

const children = (element, name) => Array.from(element.childNodes).filter((node) => node.localName === name);

// What a representation says, with what it inherits.
function representations(root) {
    const found = [];
    for (const period of children(root, 'Period')) {
        for (const set of children(period, 'AdaptationSet')) {
            for (const element of children(set, 'Representation')) {
                const of = (name) => element.getAttribute(name) || set.getAttribute(name) || '';
                const template = children(element, 'SegmentTemplate')[0] ?? children(set, 'SegmentTemplate')[0];
                found.push({
                    tiles: children(element, 'EssentialProperty')[0]?.getAttribute('value') ?? '', id: of('id'), codecs: of('codecs'), bandwidth: Number(of('bandwidth')), mime: of('mimeType'),
                    width: Number(of('width')), height: Number(of('height')), template,
                    timescale: Number(template?.getAttribute('timescale') || 1),
                    offset: Number(template?.getAttribute('presentationTimeOffset') || 0),
                });
            }
        }
    }
    return found;
}

function checkManifest(report, url, root) {
    report.check(root.localName === 'MPD' && root.namespaceURI === 'urn:mpeg:dash:schema:mpd:2011', 'mpd-root', url,
        `${root.localName} of ${root.namespaceURI}`);
    report.check((root.getAttribute('type') || 'static') === 'static', 'static', url, root.getAttribute('type'));
    report.check(root.getAttribute('profiles'), 'profiles', url, 'no profiles (5.3.1.2)');
    report.check(seconds(root.getAttribute('minBufferTime')) > 0, 'min-buffer-time', url, root.getAttribute('minBufferTime'));
    report.check(children(root, 'Period').length === 1, 'one-period', url, `${children(root, 'Period').length}`);
}

// The token is in the path, so that only relative addresses keep it.
function checkAddresses(report, url, root) {
    const named = [...Array.from(root.getElementsByTagName('BaseURL')).map((element) => element.textContent.trim())];
    for (const template of Array.from(root.getElementsByTagName('SegmentTemplate'))) {
        named.push(template.getAttribute('media'), template.getAttribute('initialization'));
    }
    for (const text of named.filter(Boolean)) {
        report.check(!/^([a-z][a-z0-9+.-]*:|\/)/i.test(text), 'relative-uris', url, text);
    }
}

// mpd-parser's playlists by representation id, those of groups included.
function playlistsOf(manifest) {
    const grouped = Object.values(manifest.mediaGroups).flatMap((group) => Object.values(group))
        .flatMap((labels) => Object.values(labels)).flatMap((label) => label.playlists ?? []);
    return new Map([...manifest.playlists, ...grouped].map((playlist) => [playlist.attributes.NAME, playlist]));
}

// 5.3.5.4: at `bandwidth`, with minBufferTime × bandwidth bits there at the start, nothing comes too late.
function checkBandwidth(report, stated, read, buffer) {
    const sizes = read.segments;
    for (let from = 0; from < sizes.length; from++) {
        let bits = 0, time = 0;
        for (let to = from; to < sizes.length; to++) {
            bits += sizes[to].bytes * 8;
            time += sizes[to].duration;
            if (bits <= stated.bandwidth * (buffer + time)) continue;
            report.broken('bandwidth', stated.id, `${bits} bits for ${time.toFixed(2)} s from segment ${from} on, bandwidth=${stated.bandwidth}`);
            return;
        }
    }
}

async function checkMedia(report, url, stated, playlist, first, buffer) {
    const all = playlist.segments.map((segment) => ({ url: segment.resolvedUri, duration: segment.duration, at: segment.presentationTime }));
    const segments = all.slice(0, first);
    if (!report.check(segments.length > 0, 'segments', stated.id, 'none')) return null;
    const read = await readRendition(report, stated.id, playlist.segments[0].map.resolvedUri, segments);
    if (!read) return null;
    report.check(sameCodec(stated.codecs, read.codec), 'codecs', stated.id, `codecs="${stated.codecs}", the media has ${read.codec}`);
    if (read.kind === 'video') {
        report.check(stated.width === read.track.width && stated.height === read.track.height, 'resolution', stated.id,
            `${stated.width}×${stated.height}, the media ${read.track.width}×${read.track.height}`);
    }
    const shift = read.start - stated.offset / stated.timescale;
    report.check(shift >= -0.1 && shift <= segments[0].duration, 'presentation-time', stated.id,
        `the media begins at ${shift.toFixed(3)} s of the period`);
    report.check(segments[0].at <= shift + 0.1 && shift <= segments[0].at + segments[0].duration, 'presentation-time', stated.id,
        `the media begins at ${shift.toFixed(3)} s of the period, in the manifest at ${segments[0].at.toFixed(3)} s`);
    if (segments.length === all.length) checkTimes(report, stated.id, read, stated.offset / stated.timescale);
    checkBandwidth(report, stated, read, buffer);
    return { id: stated.id, kind: read.kind, codec: read.codec, segments: all.length, start: read.start, end: read.end,
        samples: read.samples, shift, length: read.end - read.start };
}

// Sheets of thumbnails (DASH-IF IOP 4.3, 6.2.6).
async function checkThumbnails(report, url, root, stated, length, first) {
    const base = new URL(children(children(root, 'Period')[0], 'BaseURL')[0]?.textContent ?? '', url);
    const sheet = Number(stated.template.getAttribute('duration')) / stated.timescale, start = Number(stated.template.getAttribute('startNumber'));
    const count = Math.ceil(length / sheet);
    report.check(/^[1-9]\d*x[1-9]\d*$/.test(stated.tiles), 'sprite-cue', stated.id, `tiles ${stated.tiles}`);
    for (let number = start; number < start + Math.min(count, first ?? count); number++) {
        const name = stated.template.getAttribute('media').replace('$RepresentationID$', stated.id).replace('$Number$', number);
        const picture = await get(report, new URL(name, base));
        const size = picture && jpegSize(picture.bytes);
        if (!picture || !report.check(size, 'sprite-picture', name, 'not a JPEG')) continue;
        report.check(size.width === stated.width && size.height === stated.height, 'sprite-inside', name,
            `${stated.width}×${stated.height} stated, ${size.width}×${size.height} there`);
        report.check(picture.bytes.length * 8 / Math.min(sheet, length) <= stated.bandwidth, 'bandwidth', name, `${picture.bytes.length} bytes`);
    }
    report.facts.sheets = count;
}

await main(async (report, [url, ...flags]) => {
    const text = await getText(report, url, ['application/dash+xml']);
    const root = text !== null && xmlOf(report, url, text);
    if (!root) return;
    checkManifest(report, url, root);
    checkAddresses(report, url, root);
    let manifest;
    try {
        manifest = mpdParser.parse(text, { manifestUri: url, eventHandler: ({ type, message }) => report.check(type !== 'warn', 'mpd-parser', url, message) });
    } catch (error) {
        report.broken('mpd-parser', url, error.message);
        return;
    }
    const at = flags.indexOf('--first');
    const first = at < 0 ? undefined : Number(flags[at + 1]);
    const buffer = seconds(root.getAttribute('minBufferTime'));
    const playlists = playlistsOf(manifest);
    report.facts = { duration: manifest.duration, representations: [] };
    for (const stated of representations(root)) {
        const playlist = playlists.get(stated.id);
        if (stated.mime === 'text/vtt') {
            const address = playlist?.segments?.[0]?.resolvedUri ?? playlist?.resolvedUri;
            if (report.check(address, 'segments', stated.id, 'no address')) await checkVtt(report, address, { empty: true });
            continue;
        }
        if (stated.mime === 'image/jpeg') {
            await checkThumbnails(report, url, root, stated, seconds(root.getAttribute('mediaPresentationDuration')), first);
            continue;
        }
        if (!report.check(playlist?.segments?.length && stated.template, 'segments', stated.id, 'none')) continue;
        report.facts.representations.push(await checkMedia(report, url, stated, playlist, first, buffer));
    }
    const media = report.facts.representations = report.facts.representations.filter(Boolean);
    report.check(media.length > 0, 'segments', url, 'no representation');
    const length = seconds(root.getAttribute('mediaPresentationDuration'));
    const real = Math.max(...media.map((each) => each.length));
    report.check(first || Math.abs(length - real) <= 0.25, 'media-duration', url, `${length} s stated, ${real.toFixed(3)} s there`);
});
