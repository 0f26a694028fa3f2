// What holds for the media segments of one rendition, whatever playlist names them.
import { get, getSegment } from './report.mjs';
import { readInit, readSegment } from './boxes.mjs';

// Fetches the initialisation segment and all media segments of a rendition and checks them as a sequence.
// `segments`: [{url, duration, key}], duration in seconds, as the playlist says. Gives null when it cannot be read, else
// {init, kind, codec, start, end, firstDecode, segments: [{bytes, duration, shownFrom}]}, times in seconds.
export async function readRendition(report, name, initUrl, segments) {
    const initBytes = await get(report, initUrl);
    const init = initBytes && readInit(report, initUrl, initBytes.bytes);
    if (!init) return null;
    report.check(init.tracks.length === 1, 'one-track', initUrl, `${init.tracks.length} tracks`);
    const track = init.tracks[0];
    const read = { name, init, track, kind: track.kind, codec: track.codec, samples: 0, frame: 0, segments: [] };
    let previous = null;
    for (const { url, duration, key } of segments) {
        const got = await getSegment(report, { url, key });
        const fragments = got && readSegment(report, url, got.bytes, init);
        const now = fragments?.get(track.id);
        if (fragments) report.check(now, 'track-ids', url, `nothing of track ${track.id}`);
        if (!now) {
            previous = null;
            continue;
        }
        read.frame = Math.max(read.frame, now.frame / track.timescale);
        if (previous) checkBorder(report, url, track, previous, now);
        if (track.kind === 'video') checkKeyframe(report, url, now);
        read.samples += now.samples;
        read.segments.push({ url, bytes: got.bytes.length, duration, firstShown: now.firstShown / track.timescale, shownFrom: now.shownFrom / track.timescale,
            shownTo: now.shownTo / track.timescale, real: (now.end - now.start) / track.timescale });
        read.firstDecode ??= now.start / track.timescale;
        previous = now;
    }
    if (!read.segments.length) return null;
    read.start = read.segments[0].shownFrom;
    read.end = Math.max(...read.segments.map((segment) => segment.shownTo));
    return read;
}

// What an encoder needs before the sound begins, at most: HE-AAC's two frames and its filters.
const PRIMING = 0.15;

function checkBorder(report, url, track, previous, now) {
    const gap = now.start - previous.end;
    report.check(Math.abs(gap) <= Math.max(previous.frame, now.frame), 'tfdt-continuous', url,
        `tfdt ${now.start}, the segment before ends at ${previous.end} (timescale ${track.timescale})`);
}

function checkKeyframe(report, url, now) {
    report.check(now.keyFlag, 'keyframe-first', url, 'its first sample is not marked as a sync sample');
    report.check(now.keyBytes !== false, 'keyframe-first', url, 'its first picture is not one that decoding can start from');
}

// The playlist's durations against the media: every segment begins where the ones before it end, within a frame. What
// counts is the first sample: pictures after a keyframe may be shown before it, and need the segment before (open GOP).
// `origin`: the media's time at the title's start, in seconds; a track may begin later.
export function checkTimes(report, where, rendition, origin = rendition.start) {
    let stated = 0;
    const within = rendition.frame + 0.002;
    for (const segment of rendition.segments) {
        const real = segment.firstShown - origin;
        const first = segment === rendition.segments[0];
        const late = first ? segment.duration : 0, early = first && rendition.kind === 'audio' ? PRIMING : 0;
        if (!report.check(real >= stated - early - within && real <= stated + late + within, 'durations-true', segment.url,
            `the playlist has it at ${stated.toFixed(3)} s, the media at ${real.toFixed(3)} s`)) return;
        stated += segment.duration;
    }
    const length = rendition.end - origin;
    report.check(Math.abs(length - stated) <= within, 'durations-true', where,
        `the playlist has ${stated.toFixed(3)} s, the media ${length.toFixed(3)} s`);
}

// Renditions of one title begin and end together (audio may be cut short or begin with its priming).
export function checkAligned(report, where, renditions) {
    const starts = renditions.map((rendition) => rendition.start);
    report.check(Math.max(...starts) - Math.min(...starts) <= 0.1, 'starts-together', where,
        renditions.map((rendition) => `${rendition.name} at ${rendition.start.toFixed(3)} s`).join(', '));
}

// The largest bit rate of any run of segments that lasts 0.5 to 1.5 target durations (RFC 8216, 4.3.4.2); of a single
// segment when none does.
export function peakBitrate(segments, target) {
    let peak = 0;
    for (let from = 0; from < segments.length; from++) {
        let seconds = 0, bytes = 0;
        for (let to = from; to < segments.length; to++) {
            seconds += segments[to].duration;
            bytes += segments[to].bytes;
            if (seconds > 1.5 * target) break;
            if (seconds >= 0.5 * target) peak = Math.max(peak, (bytes * 8) / seconds);
        }
    }
    const whole = segments.reduce((sum, segment) => [sum[0] + segment.bytes, sum[1] + segment.duration], [0, 0]);
    return peak || (whole[0] * 8) / whole[1];
}
