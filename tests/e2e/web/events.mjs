// Listens to a server's events by ws, an independent WebSocket client. A line of JSON on standard input is one thing to do,
// a line on standard output is something that happened: {"name": <whose>, "opened" | "message" | "closed" | "refused": …}.
//   {"do": "open", "name", "url", "headers"}   {"do": "send", "name", "text"}   {"do": "close", "name"}
//   {"do": "pause", "name"} and {"do": "resume", "name"}: reads nothing from the socket meanwhile
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const modules = join(process.env.MAREA_WEB_MODULES, 'node_modules');
const { WebSocket } = await import(pathToFileURL(join(modules, 'ws/wrapper.mjs')));

const sockets = new Map();
const say = (name, what) => console.log(JSON.stringify({ name, ...what }));

function open({ name, url, headers }) {
    const socket = new WebSocket(url, { headers, perMessageDeflate: false });
    socket.on('open', () => say(name, { opened: true }));
    socket.on('message', (data) => say(name, { message: JSON.parse(data.toString()) }));
    socket.on('close', (code) => say(name, { closed: code }));
    socket.on('unexpected-response', (request, answer) => say(name, { refused: answer.statusCode }));
    socket.on('error', () => {}); // told by what comes with it
    sockets.set(name, socket);
}

const tasks = {
    open,
    send: ({ name, text }) => sockets.get(name).send(text),
    close: ({ name }) => sockets.get(name).close(),
    pause: ({ name }) => sockets.get(name).pause(),
    resume: ({ name }) => sockets.get(name).resume(),
};

for await (const line of createInterface({ input: process.stdin })) {
    const task = JSON.parse(line);
    tasks[task.do](task);
}
process.exit(0);
