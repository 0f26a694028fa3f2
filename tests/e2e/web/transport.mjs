// MPEG transport stream segments (ISO/IEC 13818-1), as far as HLS asks of them.
import { getSegment } from './report.mjs';

const PACKET = 188;

// Program specific information first, then every packet begins with its sync byte. Gives null when the segments are no
// transport stream at all.
export async function checkTransportStream(report, segments) {
    let bytes = 0;
    for (const { url, key } of segments) {
        const got = await getSegment(report, { url, key });
        if (!got) continue;
        if (got.bytes[0] !== 0x47) return null;
        bytes += got.bytes.length;
        let synced = got.bytes.length % PACKET === 0;
        for (let at = 0; at < got.bytes.length; at += PACKET) synced &&= got.bytes[at] === 0x47;
        report.check(synced, 'ts-packets', url, 'packets of 188 bytes do not add up');
        const pids = [0, PACKET].map((at) => ((got.bytes[at + 1] & 0x1f) << 8) | got.bytes[at + 2]);
        report.check(pids.includes(0), 'ts-tables', url, `begins with PIDs ${pids.join(', ')}, without a PAT (RFC 8216, 3.2)`);
    }
    return { bytes };
}
