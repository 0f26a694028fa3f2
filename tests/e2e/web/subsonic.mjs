// Uses a server by subsonic-api, an independent client: logs in by token and by key, browses, searches, streams, stars, makes
// a list. What it saw is one object of JSON.
//   subsonic.mjs URL USER APP_PASSWORD
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { SubsonicAPI } = await import(pathToFileURL(join(process.env.MAREA_WEB_MODULES, 'node_modules/subsonic-api/lib/index.js')));

const [url, username, password] = process.argv.slice(2);
const api = new SubsonicAPI({ url, auth: { username, password } });
const titles = (songs) => songs.map((song) => song.title);

await api.ping();
const { artists } = await api.getArtists();
const all = artists.index.flatMap((index) => index.artist);
const { artist } = await api.getArtist({ id: all[1].id });
const { album } = await api.getAlbum({ id: artist.album.find((one) => one.name === 'Low Water').id });
const song = album.song[0];
const { searchResult3: found } = await api.search3({ query: 'song 1 low', artistCount: 0, albumCount: 0, songCount: 1 });

const sound = await api.stream({ id: song.id });
const cover = await api.getCoverArt({ id: album.coverArt });

await api.star({ id: song.id });
const starred = titles((await api.getStarred2()).starred2.song);
await api.unstar({ id: song.id });
const unstarred = titles((await api.getStarred2()).starred2.song);

const { playlist } = await api.createPlaylist({ name: 'Made elsewhere', songId: [song.id] });
const list = titles((await api.getPlaylist({ id: playlist.id })).playlist.entry);
await api.deletePlaylist({ id: playlist.id });
await api.scrobble({ id: song.id, submission: false });

const byKey = new SubsonicAPI({ url, auth: { apiKey: password }, post: true });
const { tokenInfo } = await byKey.custom('tokenInfo', {}).then((answer) => answer.json()).then((body) => body['subsonic-response'] ?? body);
const wrong = await new SubsonicAPI({ url, auth: { username, password: 'wrong' } }).ping().catch((error) => error);

console.log(JSON.stringify({
    artists: all.map((one) => one.name), found: titles(found.song), starred, unstarred, list,
    type: sound.headers.get('content-type'), bytes: (await sound.arrayBuffer()).byteLength, size: song.size,
    cover: cover.headers.get('content-type'), key: tokenInfo.username, wrong: wrong.error?.code ?? wrong.code ?? String(wrong),
}));
