// Somebody else's OpenID Connect provider (panva's oidc-provider) on a free port of 127.0.0.1. Whoever comes is signed in as
// the account that /account/<name> named last, and has agreed. Prints {"issuer"} once it listens.
import http from "node:http";

const [root, callback] = process.argv.slice(2);
const { default: Provider } = await import(`${root}/node_modules/oidc-provider/lib/index.js`);

let account = "nobody";
const server = http.createServer();
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
    clients: [{
        client_id: "marea", client_secret: "se:cret & more", redirect_uris: [callback],
        grant_types: ["authorization_code"], response_types: ["code"],
    }],
    claims: { openid: ["sub"], profile: ["preferred_username", "groups"], email: ["email", "email_verified"] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => ({
        accountId: id,
        claims: () => ({
            sub: id, preferred_username: id, groups: id === "stranger" ? ["others"] : ["family"],
            email: `${id}@home.example`, email_verified: true,
        }),
    }),
    loadExistingGrant: async (ctx) => {
        const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
        grant.addOIDCScope("openid profile email");
        await grant.save();
        return grant;
    },
});
provider.on("server_error", (_, error) => console.error(error));

const answer = provider.callback();
server.on("request", async (request, response) => {
    if (request.url.startsWith("/account/")) {
        account = request.url.slice("/account/".length);
        response.end();
    } else if (request.url.startsWith("/interaction/")) {
        await provider.interactionFinished(request, response, { login: { accountId: account } });
    } else {
        answer(request, response);
    }
});
console.log(JSON.stringify({ issuer }));
