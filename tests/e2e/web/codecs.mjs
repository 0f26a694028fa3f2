// RFC 6381 codec strings from the sample entries of an initialisation segment.

const hex = (value, digits = 2) => value.toString(16).padStart(digits, '0');
const u32 = (bytes, at) => ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
const text = (bytes, at, length) => String.fromCharCode(...bytes.subarray(at, at + length));

// Where the boxes inside a sample entry begin (ISO/IEC 14496-12, 12.1.3 and 12.2.3).
const childrenAt = (kind) => (kind === 'video' ? 86 : 36);

function childrenOf(entry, kind) {
    const found = {};
    for (let at = childrenAt(kind); at + 8 <= entry.length; ) {
        const size = u32(entry, at);
        if (size < 8 || at + size > entry.length) break;
        found[text(entry, at + 4, 4)] ??= entry.subarray(at + 8, at + size);
        at += size;
    }
    return found;
}

// ISO/IEC 14496-15, annex E.3.
function hevc(name, c) {
    let flags = u32(c, 2);
    let reversed = 0;
    for (let bit = 0; bit < 32; bit++, flags >>>= 1) reversed = ((reversed << 1) | (flags & 1)) >>> 0;
    const constraints = [...c.subarray(6, 12)];
    while (constraints.length && constraints.at(-1) === 0) constraints.pop();
    const space = ['', 'A', 'B', 'C'][c[1] >> 6];
    const parts = [name, `${space}${c[1] & 31}`, reversed.toString(16).toUpperCase(), `${c[1] & 32 ? 'H' : 'L'}${c[12]}`,
        ...constraints.map((byte) => byte.toString(16).toUpperCase())];
    return parts.join('.');
}

// AV1 in ISOBMFF, section 5.
function av1(c) {
    const depth = c[2] & 0x40 ? (c[2] & 0x20 ? 12 : 10) : 8;
    const two = (value) => String(value).padStart(2, '0');
    return `av01.${c[1] >> 5}.${two(c[1] & 31)}${c[2] & 0x80 ? 'H' : 'M'}.${two(depth)}`;
}

// The object type and audio object type in an esds box (ISO/IEC 14496-1, 7.2.6).
function mp4a(c) {
    let at = 4;
    const descriptor = () => {
        const tag = c[at++];
        while (c[at++] & 0x80);
        return tag;
    };
    if (descriptor() !== 3) return 'mp4a';
    const flags = c[at + 2];
    at += 3 + (flags & 0x80 ? 2 : 0) + (flags & 0x20 ? 2 : 0);
    if (descriptor() !== 4) return 'mp4a';
    const objectType = c[at];
    if (objectType !== 0x40) return `mp4a.${hex(objectType)}`;
    at += 13;
    descriptor();
    const first = c[at] >> 3;
    return `mp4a.40.${first === 31 ? 32 + (((c[at] & 7) << 3) | (c[at + 1] >> 5)) : first}`;
}

// `entry`: the bytes of one sample entry, its box header included.
export function codecOf(entry, kind) {
    const inside = childrenOf(entry, kind);
    // An encrypted entry has its own name in sinf's first box, frma (ISO/IEC 14496-12, 8.12.2).
    const name = inside.sinf ? text(inside.sinf, 8, 4) : text(entry, 4, 4);
    if (inside.avcC) return `${name}.${hex(inside.avcC[1])}${hex(inside.avcC[2])}${hex(inside.avcC[3])}`;
    if (inside.hvcC) return hevc(name, inside.hvcC);
    if (inside.av1C) return av1(inside.av1C);
    if (inside.vpcC) {
        const c = inside.vpcC.subarray(4);
        return `${name}.${[c[0], c[1], c[2] >> 4].map((value) => String(value).padStart(2, '0')).join('.')}`;
    }
    if (inside.esds) return mp4a(inside.esds);
    return name;
}

// Whether a stated string says the same as the sample entry: letter case, and optional parts after av01's and vp09's
// first, do not matter; FLAC and Opus are written in several ways.
export function sameCodec(stated, real) {
    const [a, b] = [stated.toLowerCase(), real.toLowerCase()];
    if (/^(av01|vp09)\./.test(b)) return a === b || a.startsWith(`${b}.`);
    return a === b;
}
