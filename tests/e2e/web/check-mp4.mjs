// check-mp4.mjs INIT [SEGMENT…]: an initialisation segment and the media segments that follow it, box by box.
// check-mp4.mjs --whole URL: a progressive MP4 file.
import { get, main } from './report.mjs';
import { readRendition } from './timeline.mjs';
import { one, topLevel } from './boxes.mjs';

const NEEDED = ['mvhd', 'trak', 'tkhd', 'mdhd', 'hdlr', 'stsd', 'stts', 'stsc'];

async function checkWhole(report, url) {
    const got = await get(report, url);
    if (!got) return;
    const { file, boxes } = topLevel(report, url, got.bytes);
    const types = boxes.map((box) => box.type);
    report.check(types[0] === 'ftyp', 'ftyp-first', url, `begins with ${types[0]}`);
    if (!report.check(types.includes('moov') && types.includes('mdat'), 'moov-and-mdat', url, `holds ${types.join(' ')}`)) return;
    report.check(types.indexOf('moov') < types.indexOf('mdat'), 'moov-before-mdat', url, 'cannot be played before it is all there');
    const missing = NEEDED.filter((type) => !one(file, type));
    report.check(missing.length === 0, 'moov-boxes', url, `without ${missing.join(' ')}`);
    const header = one(file, 'mvhd');
    report.facts = { boxes: types, seconds: header ? Number(header.duration) / header.timescale : null };
}

await main(async (report, args) => {
    if (args[0] === '--whole') return checkWhole(report, args[1]);
    const [init, ...segments] = args;
    const read = await readRendition(report, 'rendition', init, segments.map((url) => ({ url, duration: 0 })));
    if (!read) return;
    report.facts = { kind: read.kind, codec: read.codec, samples: read.samples, start: read.start, end: read.end,
        timescale: read.track.timescale, shownAfter: read.track.shownAfter, firstDecode: read.firstDecode };
});
