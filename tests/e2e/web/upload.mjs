// Uploads a file with tus-js-client, an independent client of tus 1.0.0.
//   upload.mjs <endpoint> <token> <file> <library> <path> [<url to go on with> or "-"] [<stop after so many bytes>]
// Prints {"url", "sent", "done"}.
import { createReadStream, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.MAREA_WEB_MODULES, 'package.json'));
const { Upload } = require('tus-js-client');

const [endpoint, token, file, library, path, url, stop] = process.argv.slice(2);
let sent = 0;
const tell = (done) => {
    console.log(JSON.stringify({ url: upload.url, sent, done }));
    process.exit(0);
};
const upload = new Upload(createReadStream(file), {
    endpoint,
    uploadUrl: url && url !== '-' ? url : undefined,
    uploadSize: statSync(file).size,
    chunkSize: 512 * 1024,
    retryDelays: [],
    headers: { Authorization: `Bearer ${token}` },
    metadata: { library, path, filetype: 'video/mp4' },
    onChunkComplete: (_size, accepted) => {
        sent = accepted;
        if (stop && accepted >= Number(stop)) {
            upload.abort().then(() => tell(false));
        }
    },
    onError: (error) => {
        console.log(JSON.stringify({ url: upload.url, sent, done: false, error: String(error) }));
        process.exit(0);
    },
    onSuccess: () => tell(true),
});
upload.start();
