// Plays streams in hls.js or Shaka Player as somebody would who looks at the beginning and then at the end, and tells
// what happened. `playAll([{name, engine, url, text, licence, patience}])` plays them side by side; `licence`: where that of a
// protected title is to be had; `patience`: seconds that each step may take.
'use strict';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Ends what hangs: a busy machine takes long, what is broken says so or is told to be given up earlier.
async function until(what, condition, seconds, fatal) {
    const end = performance.now() + seconds * 1000;
    while (!condition()) {
        if (fatal()) throw new Error(fatal());
        if (performance.now() > end) throw new Error(`waited ${seconds} s in vain for ${what}`);
        await pause(20);
    }
}

// hls.js gives a segment 10 s until its first byte, which a machine with four other players and encoders may not keep.
const retries = { maxNumRetry: 2, retryDelayMs: 0, maxRetryDelayMs: 0 };
const unhurried = { default: { maxTimeToFirstByteMs: 120e3, maxLoadTimeMs: 240e3, timeoutRetry: retries, errorRetry: retries } };

// Each engine: starts loading, and gives {showText(), text tracks' number, destroy()}. `told` collects its errors.
const engines = {
    async hls(video, url, told, licence) {
        const drm = licence ? { emeEnabled: true, drmSystems: { 'org.w3.clearkey': { licenseUrl: licence } } } : {};
        const hls = new Hls({ startFragPrefetch: true, fragLoadPolicy: unhurried, ...drm });
        // A step over the time before the first picture's, which is as long as pictures wait for reordering, is no fault.
        // Nor is a request that it gave up itself, nor waiting, which a busy machine makes longer: who waits too long here
        // fails.
        const harmless = (data) => (data.details === 'bufferSeekOverHole' && video.currentTime < 0.3) ||
            (['bufferStalledError', 'bufferNudgeOnStall', 'aborted'].includes(data.details) && !data.fatal);
        hls.on(Hls.Events.ERROR, (_, data) => harmless(data) || told({ fatal: data.fatal, text: `${data.type} ${data.details} ${data.error?.message ?? ''}` }));
        const parsed = new Promise((resolve) => hls.on(Hls.Events.MANIFEST_PARSED, resolve));
        hls.loadSource(url);
        hls.attachMedia(video);
        await Promise.race([parsed, pause(60000)]);
        return {
            tracks: () => ({ levels: hls.levels.length, audio: hls.audioTracks.length, text: hls.subtitleTracks.length }),
            showText() {
                hls.subtitleDisplay = true;
                hls.subtitleTrack = 0;
            },
            destroy: () => hls.destroy(),
        };
    },
    // The browser alone, of a file.
    async file(video, url) {
        video.src = url;
        return { tracks: () => null, showText() {}, destroy() { video.removeAttribute('src'); } };
    },
    async shaka(video, url, told, licence) {
        shaka.polyfill.installAll();
        const player = new shaka.Player();
        player.configure({ streaming: { retryParameters: { timeout: 240e3 } } });
        if (licence) player.configure({ drm: { servers: { 'org.w3.clearkey': licence } } });
        const fail = (error) => told({ fatal: error.severity === 2, text: `Shaka ${error.category}.${error.code} ${JSON.stringify(error.data)}` });
        player.addEventListener('error', (event) => fail(event.detail));
        await player.attach(video);
        await player.load(url).catch(fail);
        return {
            tracks: () => ({ levels: player.getVariantTracks().length, audio: player.getAudioTracks?.().length ?? 0,
                text: player.getTextTracks().length }),
            showText() {
                player.selectTextTrack(player.getTextTracks()[0]);
            },
            thumbnails: () => thumbnails(player, video.duration),
            destroy: () => player.destroy(),
        };
    },
};

// The tiles that Shaka Player would show over the seek bar, and whether each is inside the picture that it names.
async function thumbnails(player, duration) {
    const track = player.getImageTracks()[0];
    if (!track) return null;
    const tiles = [];
    for (const time of [0, duration / 2, duration - 0.2]) {
        const tile = await player.getThumbnails(track.id, time);
        const picture = new Image();
        picture.src = tile.uris[0];
        await picture.decode();
        tiles.push({ time, start: tile.startTime, seconds: tile.duration, width: tile.width, height: tile.height, x: tile.positionX, y: tile.positionY,
            sheet: [tile.imageWidth, tile.imageHeight], picture: [picture.naturalWidth, picture.naturalHeight] });
    }
    return tiles;
}

// What every text track showed, and at which time of the film.
function watchCues(video) {
    const seen = new Map();
    const look = () => {
        for (const track of video.textTracks) {
            for (const cue of track.mode === 'disabled' ? [] : track.activeCues ?? []) {
                const key = `${cue.startTime} ${cue.text}`;
                if (!seen.has(key)) seen.set(key, { text: cue.text, start: cue.startTime, end: cue.endTime, at: video.currentTime });
            }
        }
        if (!video.ended) requestAnimationFrame(look);
    };
    look();
    return seen;
}

// Where the player moved by itself, over a hole in what it got: [from, to] in seconds, but for small steps, as Shaka takes
// when it has waited.
function watchJumps(video, wanted) {
    const jumps = [];
    let last = 0;
    video.addEventListener('timeupdate', () => { if (!video.seeking) last = video.currentTime; });
    video.addEventListener('seeking', () => {
        const to = video.currentTime;
        if (to !== wanted() && Math.abs(to - Math.max(last, wanted() ?? 0)) > 0.45) jumps.push([last, to]);
    });
    return jumps;
}

async function play({ engine, url, text, licence, patience = 90 }) {
    const video = document.createElement('video');
    video.muted = true;
    document.body.appendChild(video);
    const errors = [], began = performance.now();
    const fatal = () => errors.find((error) => error.fatal)?.text ?? (video.error && `${video.error.code} ${video.error.message}`);
    const told = { ok: false, errors, steps: {} };
    const step = (name) => { told.steps[name] = Math.round(performance.now() - began); };
    let player, tail, cues = new Map();
    told.jumps = watchJumps(video, () => tail);
    try {
        player = await engines[engine](video, url, (error) => errors.push(error), licence);
        if (text) player.showText();
        cues = watchCues(video);
        video.play().catch(() => {});
        const first = () => Math.min(2, (video.duration || 4) / 2);
        await until('the first picture', () => video.currentTime > 0, patience, fatal);
        step('started');
        await until('two seconds', () => video.currentTime >= first(), patience, fatal);
        told.early = video.getVideoPlaybackQuality().totalVideoFrames;
        tail = Math.max(first(), video.duration - 2.5);
        video.currentTime = tail;
        await until('the seek', () => !video.seeking, patience, fatal);
        step('sought');
        await until('time to go on', () => video.currentTime > tail + 0.3 || video.ended, patience, fatal);
        await until('the end', () => video.ended, patience, fatal);
        told.thumbnails = await player.thumbnails?.();
        step('ended');
        told.ok = !fatal();
    } catch (error) {
        told.text = String(error.message ?? error);
    }
    Object.assign(told, {
        time: video.currentTime, duration: video.duration, width: video.videoWidth, height: video.videoHeight,
        frames: video.getVideoPlaybackQuality().totalVideoFrames, dropped: video.getVideoPlaybackQuality().droppedVideoFrames,
        audioBytes: video.webkitAudioDecodedByteCount, cues: [...cues.values()], tracks: player?.tracks(),
    });
    await player?.destroy();
    video.remove();
    return told;
}

async function playAll(titles) {
    const told = await Promise.all(titles.map((title) => play(title).catch((error) => ({ ok: false, text: String(error) }))));
    return Object.fromEntries(titles.map((title, at) => [title.name, told[at]]));
}
