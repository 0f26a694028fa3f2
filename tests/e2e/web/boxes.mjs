// Reading initialisation and media segments with isoboxer, and the rules that hold for their boxes.
import { codecOf } from './codecs.mjs';
import { library } from './report.mjs';

const iso = library('codem-isoboxer');

const MAY_COME_BEFORE_MOOF = new Set(['styp', 'prft', 'emsg', 'sidx']);
const NEEDED_IN_INIT = ['mvhd', 'trak', 'tkhd', 'mdhd', 'hdlr', 'stsd', 'mvex', 'trex'];
const NEEDED_IN_TRAF = ['tfhd', 'tfdt', 'trun'];

// All boxes of a type below `box`, in order; the first one.
export function all(box, type) {
    return (box.boxes ?? []).flatMap((child) => [...(child.type === type ? [child] : []), ...all(child, type)]);
}
export const one = (box, type) => all(box, type)[0];

// The top-level boxes; "box-structure" breaks when their sizes do not add up to the bytes.
export function topLevel(report, where, bytes) {
    const file = iso.parseBuffer(bytes.slice().buffer);
    const boxes = file.boxes ?? [];
    const covered = boxes.reduce((sum, box) => sum + (box.size || 0), 0);
    report.check(!file._incomplete && boxes.every((box) => !box._incomplete) && covered === bytes.length, 'box-structure', where,
        `boxes of ${covered} bytes in ${bytes.length}: ${boxes.map((box) => box.type).join(' ')}`);
    return { file, boxes };
}

function bytesOf(box) {
    return new Uint8Array(box._raw.buffer, box._raw.byteOffset, box._raw.byteLength);
}

// Sample entries as bytes, box headers included (ISO/IEC 14496-12, 8.5.2).
function sampleEntries(stsd) {
    const bytes = bytesOf(stsd);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const found = [];
    for (let at = 16; at + 8 <= bytes.length && view.getUint32(at) >= 8; at += view.getUint32(at)) {
        found.push(bytes.subarray(at, at + view.getUint32(at)));
    }
    return found;
}

// The NAL length size of an avc1 or hvc1 sample entry.
function nalLengthSize(entry) {
    const text = Buffer.from(entry).toString('latin1');
    const avc = text.indexOf('avcC');
    if (avc > 0) return (entry[avc + 4 + 4] & 3) + 1;
    const hevc = text.indexOf('hvcC');
    return hevc > 0 ? (entry[hevc + 4 + 21] & 3) + 1 : 4;
}

// The size on a screen: with square pixels, after a quarter turn (ISO/IEC 14496-12, 8.3.2).
function shownSize({ width, height, matrix }) {
    const turned = matrix && matrix[0] === 0 && matrix[4] === 0;
    return turned ? { width: height, height: width } : { width, height };
}

function trackOf(trak, defaults) {
    const kind = { vide: 'video', soun: 'audio' }[one(trak, 'hdlr').handler_type] ?? one(trak, 'hdlr').handler_type;
    const id = one(trak, 'tkhd').track_ID;
    const entry = sampleEntries(one(trak, 'stsd'))[0];
    const view = entry && new DataView(entry.buffer, entry.byteOffset, entry.byteLength);
    return {
        id, kind, timescale: one(trak, 'mdhd').timescale,
        codec: entry ? codecOf(entry, kind) : '',
        width: kind === 'video' && entry ? view.getUint16(32) : 0,
        height: kind === 'video' && entry ? view.getUint16(34) : 0,
        shown: shownSize(one(trak, 'tkhd')),
        nalLength: entry ? nalLengthSize(entry) : 4,
        // Composition times before the edit are not shown (ISO/IEC 14496-12, 8.6.6).
        shownAfter: Math.max(0, ...(one(trak, 'elst')?.entries ?? []).map((edit) => edit.media_time)),
        defaults: defaults.find((trex) => trex.track_ID === id),
    };
}

// What an initialisation segment says about its tracks, or null when it is not one.
export function readInit(report, where, bytes) {
    const { file, boxes } = topLevel(report, where, bytes);
    const types = boxes.map((box) => box.type);
    if (!report.check(types[0] === 'ftyp' && types.includes('moov') && !types.includes('mdat') && !types.includes('moof'),
        'init-segment', where, `holds ${types.join(' ')}`)) return null;
    const missing = NEEDED_IN_INIT.filter((type) => !one(file, type));
    if (!report.check(missing.length === 0, 'init-boxes', where, `without ${missing.join(' ')}`)) return null;
    const tracks = all(file, 'trak').map((trak) => trackOf(trak, all(file, 'trex')));
    for (const track of tracks) {
        report.check(track.timescale > 0 && track.codec, 'init-boxes', where, `track ${track.id} has no timescale or sample entry`);
        report.check(track.defaults, 'init-boxes', where, `track ${track.id} has no trex`);
    }
    return { tracks };
}

// ISO/IEC 14496-12, 8.8.3.1: sample_depends_on = 2 says that it depends on nothing; bit 16 that it is no sync sample.
const isSync = (flags) => (flags & 0x10000) === 0;

function samplesOf(trun, tfhd, trex) {
    const first = trun.flags & 0x4 ? trun.first_sample_flags : undefined;
    return trun.samples.map((sample, at) => ({
        duration: sample.sample_duration ?? tfhd.default_sample_duration ?? trex?.default_sample_duration ?? 0,
        size: sample.sample_size ?? tfhd.default_sample_size ?? trex?.default_sample_size ?? 0,
        flags: (at === 0 && first !== undefined ? first : undefined) ?? sample.sample_flags ?? tfhd.default_sample_flags ??
            trex?.default_sample_flags ?? 0,
        offset: sample.sample_composition_time_offset ?? 0,
    }));
}

// Whether a coded picture is one that decoding can start from: its first slice, read from the bytes themselves.
// null: not a codec that this looks into.
function isRandomAccess(track, bytes) {
    const avc = /^avc[13]/.test(track.codec);
    if (!avc && !/^(hvc1|hev1|dvh)/.test(track.codec)) return null;
    for (let at = 0; at + track.nalLength < bytes.length; ) {
        let length = 0;
        for (let i = 0; i < track.nalLength; i++) length = length * 256 + bytes[at + i];
        const head = bytes[at + track.nalLength];
        const type = avc ? head & 31 : (head >> 1) & 63;
        if (avc && type >= 1 && type <= 5) return type === 5;
        if (!avc && type <= 31) return type >= 16 && type <= 21;
        at += track.nalLength + length;
    }
    return false;
}

function readFragment(report, where, moof, mdat, bytes, init, tracks) {
    report.check(one(moof, 'mfhd'), 'moof-boxes', where, 'moof without mfhd');
    let payload = 0;
    for (const traf of all(moof, 'traf')) {
        const missing = NEEDED_IN_TRAF.filter((type) => !one(traf, type));
        if (!report.check(missing.length === 0, 'moof-boxes', where, `traf without ${missing.join(' ')}`)) continue;
        const tfhd = one(traf, 'tfhd');
        const known = init.tracks.find((track) => track.id === tfhd.track_ID);
        if (!report.check(known, 'track-ids', where, `track ${tfhd.track_ID} is not in the initialisation segment`)) continue;
        report.check(tfhd.flags & 0x20000, 'default-base-is-moof', where, 'tfhd without default-base-is-moof (CMAF 7.5.16)');
        const samples = all(traf, 'trun').flatMap((trun) => samplesOf(trun, tfhd, known.defaults));
        const dataAt = (one(traf, 'trun').data_offset ?? 0) + moof._offset;
        const size = samples.reduce((sum, sample) => sum + sample.size, 0);
        payload += size;
        report.check(dataAt >= mdat._offset + 8 && dataAt + size <= mdat._offset + mdat.size, 'mdat-holds-samples', where,
            `samples at ${dataAt}–${dataAt + size}, mdat at ${mdat._offset}–${mdat._offset + mdat.size}`);
        addSamples(tracks, known, Number(one(traf, 'tfdt').baseMediaDecodeTime), samples, bytes, dataAt);
    }
    report.check(payload === mdat.size - 8, 'mdat-holds-samples', where, `mdat of ${mdat.size - 8} bytes, samples of ${payload}`);
}

function addSamples(tracks, known, start, samples, bytes, dataAt) {
    let time = start;
    const shown = [];
    for (const sample of samples) {
        const from = time + sample.offset - known.shownAfter;
        shown.push(from, from + sample.duration);
        time += sample.duration;
    }
    const of = tracks.get(known.id) ?? { track: known, start, end: start, firstShown: shown[0], shownFrom: Infinity, shownTo: -Infinity, frame: 0,
        samples: 0, gaps: [], keyFlag: samples.length > 0 && isSync(samples[0].flags),
        keyBytes: samples.length ? isRandomAccess(known, bytes.subarray(dataAt, dataAt + samples[0].size)) : false };
    if (start !== of.end) of.gaps.push(start - of.end);
    of.end = time;
    of.samples += samples.length;
    of.frame = Math.max(of.frame, ...samples.map((sample) => sample.duration));
    of.shownFrom = Math.min(of.shownFrom, ...shown);
    of.shownTo = Math.max(of.shownTo, ...shown);
    tracks.set(known.id, of);
}

// A media segment: by track id its times (in the track's timescale) and how it begins. null when it holds no fragment.
export function readSegment(report, where, bytes, init) {
    const { boxes } = topLevel(report, where, bytes);
    const types = boxes.map((box) => box.type);
    const first = types.find((type) => !MAY_COME_BEFORE_MOOF.has(type));
    if (!report.check(first === 'moof', 'moof-first', where, `begins with ${types.slice(0, 4).join(' ') || 'nothing'}`)) return null;
    const tracks = new Map();
    boxes.forEach((box, at) => {
        if (box.type !== 'moof') return;
        const mdat = boxes[at + 1];
        if (report.check(mdat?.type === 'mdat', 'moof-boxes', where, 'moof is not followed by mdat')) {
            readFragment(report, where, box, mdat, bytes, init, tracks);
        }
    });
    for (const of of tracks.values()) {
        report.check(of.gaps.length === 0, 'tfdt-continuous', where, `track ${of.track.id}: gaps of ${of.gaps} inside the segment`);
    }
    return tracks;
}
