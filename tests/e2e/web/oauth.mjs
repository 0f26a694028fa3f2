// Signs in to a server by openid-client, an independent OAuth client, and looks at its tokens by jose. A line of JSON on
// standard input is one thing to do: {"do": "discover", …}; the line that answers it is {"result": …} or {"error": {…}}.
//   oauth.mjs <where the issuer is reached, or "-">
import { webcrypto } from 'node:crypto';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

globalThis.crypto ??= webcrypto; // Node 18
const modules = join(process.env.MAREA_WEB_MODULES, 'node_modules');
const client = await import(pathToFileURL(join(modules, 'openid-client/build/index.js')));
const jose = await import(pathToFileURL(join(modules, 'jose/dist/webapi/index.js')));

const reached = process.argv[2];
const proxied = (url, options) => {
    const target = new URL(url);
    return fetch(reached === '-' ? target : new URL(target.pathname + target.search, reached), options);
};

let config, clientId, device;
const asked = new Map(); // state → what was asked with it

const tasks = {
    async discover({ issuer, client_id }) {
        const insecure = issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
        clientId = client_id;
        config = await client.discovery(new URL(issuer), client_id, undefined, client.None(),
            { algorithm: 'oauth2', execute: insecure, [client.customFetch]: proxied });
        return config.serverMetadata();
    },
    async ask({ redirect_uri, ...more }) {
        const verifier = client.randomPKCECodeVerifier(), state = client.randomState();
        asked.set(state, verifier);
        const url = client.buildAuthorizationUrl(config, {
            redirect_uri, state, code_challenge_method: 'S256',
            code_challenge: await client.calculatePKCECodeChallenge(verifier), ...more,
        });
        return { url: url.href, state };
    },
    // `state`: what was asked; `verifier`: another one than the right one.
    exchange: ({ url, state, verifier }) => client.authorizationCodeGrant(config, new URL(url),
        { pkceCodeVerifier: verifier ?? asked.get(state), expectedState: state }),
    refresh: ({ token }) => client.refreshTokenGrant(config, token),
    revoke: async ({ token }) => (await client.tokenRevocation(config, token)) ?? null,
    async startDevice(parameters) {
        device = await client.initiateDeviceAuthorization(config, parameters);
        return device;
    },
    awaitDevice: () => client.pollDeviceAuthorizationGrant(config, device),
    // The claims of an access token as a third party would check it (RFC 9068 section 4).
    async verify({ token }) {
        const { jwks_uri, issuer } = config.serverMetadata();
        const keys = jose.createRemoteJWKSet(new URL(jwks_uri), { [jose.customFetch]: proxied });
        const { payload, protectedHeader } = await jose.jwtVerify(token, keys,
            { issuer, audience: 'marea', typ: 'at+jwt', algorithms: ['ES256'],
              requiredClaims: ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'] });
        return { payload, header: protectedHeader };
    },
    // What somebody who had the key, or a public one, could make. `pem`: PKCS #8; `secret`: an HMAC's, base64url.
    async sign({ header, payload, pem, secret }) {
        const key = pem ? await jose.importPKCS8(pem, 'ES256') : jose.base64url.decode(secret);
        return new jose.SignJWT(payload).setProtectedHeader(header).sign(key);
    },
};

function told(error) {
    return { name: error.name, code: error.code, error: error.error ?? error.cause?.error, status: error.status,
             message: error.message };
}

for await (const line of createInterface({ input: process.stdin })) {
    const { do: task, ...parameters } = JSON.parse(line);
    try {
        const result = await tasks[task](parameters);
        console.log(JSON.stringify({ result: result ?? null }));
    } catch (error) {
        console.log(JSON.stringify({ error: told(error) }));
    }
}
