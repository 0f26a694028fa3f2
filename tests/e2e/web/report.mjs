// What the checkers share: the libraries, fetching, and the report on stdout.
import { createDecipheriv } from 'node:crypto';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

// The libraries are installed in the build folder, which MAREA_WEB_MODULES names, and not beside these files.
const modules = process.env.MAREA_WEB_MODULES;
const require = createRequire(modules ? `${modules}/package.json` : import.meta.url);
export const library = (name) => require(name);

// Every rule that a checker may find broken; tests/e2e/test_web_checks.py proves each one able to.
const RULES = new Set(`
    reachable content-type no-bom utf-8 decrypts checker
    box-structure init-segment init-boxes one-track track-ids moof-first moof-boxes mdat-holds-samples default-base-is-moof
    tfdt-continuous keyframe-first durations-true starts-together
    extm3u-first parse relative-uris multivariant media-playlist extinf-target extinf-positive vod-ended segments
    one-picture ext-x-map independent-segments codecs bandwidth resolution same-length ts-packets ts-tables
    xml mpd-root static profiles min-buffer-time one-period mpd-parser presentation-time media-duration
    vtt-signature vtt-timestamp-map vtt-syntax vtt-cues vtt-times sprite-cue sprite-picture sprite-inside
    ftyp-first moov-and-mdat moov-before-mdat moov-boxes
`.trim().split(/\s+/));

// Collects broken rules, and facts for whoever asked.
export class Report {
    problems = [];
    facts = {};

    broken(rule, where, text) {
        if (!RULES.has(rule)) throw new Error(`no rule ${rule}`);
        this.problems.push({ rule, where: String(where), text: String(text) });
    }

    check(holds, rule, where, text) {
        if (!RULES.has(rule)) throw new Error(`no rule ${rule}`);
        if (!holds) this.broken(rule, where, text);
        return Boolean(holds);
    }
}

const fetched = new Map();

// The bytes at a URL (or in a file) and their content type; each is fetched once. An answer that is not 200 breaks the
// rule "reachable" and gives null.
export async function get(report, url) {
    const key = String(url);
    if (!fetched.has(key)) fetched.set(key, load(report, key));
    return fetched.get(key);
}

async function load(report, url) {
    if (!/^https?:/.test(url)) return { bytes: new Uint8Array(await readFile(url)), type: '' };
    try {
        const answer = await fetch(url, { signal: AbortSignal.timeout(60_000) });
        const bytes = new Uint8Array(await answer.arrayBuffer());
        if (!report.check(answer.status === 200, 'reachable', url, `status ${answer.status}`)) return null;
        return { bytes, type: (answer.headers.get('content-type') ?? '').split(';')[0].trim() };
    } catch (error) {
        report.broken('reachable', url, error.cause?.message ?? error.message);
        return null;
    }
}

// The same of a media segment {url, key}, decrypted where its playlist has METHOD=AES-128: `key` {url, iv}.
export async function getSegment(report, { url, key }) {
    const got = await get(report, url);
    const secret = got && key ? await get(report, key.url) : null;
    if (!secret) return key ? null : got;
    try {
        const decipher = createDecipheriv('aes-128-cbc', secret.bytes, key.iv);
        return { ...got, bytes: new Uint8Array(Buffer.concat([decipher.update(got.bytes), decipher.final()])) };
    } catch (error) {
        report.broken('decrypts', url, error.message);
        return null;
    }
}

// UTF-8 text without a byte order mark, or null.
export async function getText(report, url, types) {
    const got = await get(report, url);
    if (!got) return null;
    const { bytes, type } = got;
    report.check(!(bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf), 'no-bom', url, 'a byte order mark');
    if (type) report.check(types.includes(type), 'content-type', url, `${type}, not ${types.join(' or ')}`);
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
        report.broken('utf-8', url, 'not UTF-8');
        return null;
    }
}

// Runs a checker on the command line's arguments and prints its report as one line of JSON; ends with 1 when a rule is
// broken. With --batch alone, on the arguments in each line of standard input (a JSON array), a report each.
export async function main(check) {
    const args = process.argv.slice(2);
    const runs = args[0] === '--batch' ? createInterface({ input: process.stdin }) : [JSON.stringify(args)];
    for await (const line of runs) {
        const report = new Report();
        try {
            await check(report, JSON.parse(line));
        } catch (error) {
            report.broken('checker', line, error.stack ?? error);
        }
        const ok = report.problems.length === 0;
        process.stdout.write(JSON.stringify({ ok, problems: report.problems, facts: report.facts }) + '\n');
        if (!ok) process.exitCode = 1;
    }
}
