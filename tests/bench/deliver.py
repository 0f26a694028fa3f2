"""Delivery: the gateway beside nginx with sendfile, both with as many threads as there are cores.

Server CPU per GB for 2 MB files and for ranges of a large file (64 connections, plain and TLS 1.3), per small JSON
answer behind a token check (nginx: a static file of the same size), and memory with many idle and many slow clients.
The load is wrk; the CPU is the servers' own (user and system), so that the load's share does not count.
"""
import contextlib
import json
import os
import pathlib
import resource
import socket
import ssl
import subprocess
import sys
import tempfile
import time

import support

SECONDS = 4 if support.is_large() else 2
ROUNDS = 5 if support.is_large() else 3
CONNECTIONS, IDLE, SLOW = 64, 5000, 200
FILES, FILE_SIZE = 16, 2 * 1000 * 1000
LARGE_SIZE, RANGE_SIZE, SLOW_SIZE = 512 * 1024 * 1024, 1024 * 1024, 1024 * 1024 * 1024
TOKEN = "bench-token-0123456789abcdef0123456789abcdef0123456789abcdef"

NGINX = """
user root;
daemon off;
worker_processes {workers};
worker_rlimit_nofile 20000;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log error;
events {{ worker_connections 10000; }}
http {{
    access_log off;
    sendfile on;
    keepalive_requests 1000000000;
    keepalive_timeout 600s;
    default_type application/octet-stream;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    ssl_certificate {folder}/cert.pem;
    ssl_certificate_key {folder}/key.pem;
    ssl_protocols TLSv1.3;
    server {{
        listen 127.0.0.1:{plain} reuseport;
        listen 127.0.0.1:{tls} ssl reuseport;
        location /files/ {{ alias {folder}/files/; }}
        location /json {{ alias {folder}/files/small.json; default_type application/json; }}
    }}
}}
"""

# wrk's own numbers are rounded for people; these are not.
DONE = """
done = function(summary)
    io.stderr:write(string.format('{"requests":%d,"bytes":%d,"errors":%d}', summary.requests, summary.bytes,
        summary.errors.status + summary.errors.read + summary.errors.connect + summary.errors.timeout))
end
"""
SCRIPTS = {
    "files": """
local n = 0
request = function()
    n = n + 1
    return wrk.format("GET", "/files/" .. (n %% %d) .. ".bin")
end
""" % FILES,
    "ranges": """
request = function()
    local first = math.random(0, %d) * 4096
    return wrk.format("GET", "/files/large.bin", {["Range"] = "bytes=" .. first .. "-" .. (first + %d)})
end
""" % ((LARGE_SIZE - RANGE_SIZE) // 4096, RANGE_SIZE - 1),
    "json": """
request = function()
    return wrk.format("GET", "/json", {["Authorization"] = "Bearer %s"})
end
""" % TOKEN,
}


class Server:
    """A running server: its processes and its addresses, plain and TLS (nginx: one process tree for both)."""

    def __init__(self, urls, processes):
        self.urls, self.processes = urls, processes

    def pids(self, scheme):
        process = self.processes[scheme]
        return support.process_tree(process.pid)


def make_files(folder):
    files = folder / "files"
    files.mkdir()
    for number in range(FILES):
        (files / f"{number}.bin").write_bytes(os.urandom(FILE_SIZE))
    (files / "small.json").write_text(" " * 198 + "{}")
    with open(files / "large.bin", "wb") as out:
        block = os.urandom(1024 * 1024)
        for _ in range(LARGE_SIZE // len(block)):
            out.write(block)
    with open(files / "slow.bin", "wb") as out:
        out.truncate(SLOW_SIZE)
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-subj", "/CN=localhost", "-days", "2", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
                   check=True, stderr=subprocess.DEVNULL)


@contextlib.contextmanager
def running(command, **options):
    process = subprocess.Popen(command, **options)
    try:
        yield process
    finally:
        if process.stdin:
            process.stdin.close()
        else:
            process.terminate()
        process.wait(20)


@contextlib.contextmanager
def marea(folder, threads):
    command = [support.program("gateway_bench"), folder / "files", str(threads)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with running(command, **pipes) as plain, \
         running(command + [folder / "cert.pem", folder / "key.pem"], **pipes) as tls:
        urls = {name: json.loads(process.stdout.readline())["url"]
                for name, process in (("http", plain), ("https", tls))}
        yield Server(urls, {"http": plain, "https": tls})


@contextlib.contextmanager
def nginx(folder, workers):
    program = support.peer_program("nginx")
    if program is None:
        yield None
        return
    ports = {"http": support.free_port(), "https": support.free_port()}
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, workers=workers, plain=ports["http"], tls=ports["https"]))
    with running([program, "-p", folder, "-c", config]) as process:
        for port in ports.values():
            wait_for_port(port)
        yield Server({name: f"{name}://127.0.0.1:{port}" for name, port in ports.items()},
                     {"http": process, "https": process})


def wait_for_port(port):
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nothing listens on {port}")


def cpu_seconds(pids):
    """User and system time so far to the nanosecond: what is in /proc/PID/stat, unrounded.

    A server that needs 50 ms for the load of a round would drown in that file's ticks of 10 ms.
    """
    try:
        return sum(int(task.read_text().split()[0]) for pid in pids
                   for task in pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9
    except (OSError, IndexError):
        return support.cpu_seconds(pids)


def load(server, scheme, script):
    """Runs wrk once; (server CPU seconds, requests, bytes)."""
    pids = server.pids(scheme)
    before = cpu_seconds(pids)
    result = subprocess.run(["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout", "20s", "-s", script,
                             server.urls[scheme]], check=True, capture_output=True, text=True)
    used = cpu_seconds(pids) - before
    summary = json.loads(result.stderr.strip().splitlines()[-1])
    if summary["errors"] or summary["requests"] == 0:
        raise RuntimeError(f"wrk met errors: {summary} {result.stdout}")
    return used, summary["requests"], summary["bytes"]


def per_gigabyte(server, scheme, script):
    used, _, size = load(server, scheme, script)
    return used / (size / 1e9)


def per_request(server, scheme, script):
    used, requests, _ = load(server, scheme, script)
    return used / requests * 1e6


def connect(server, scheme, receive_buffer=None):
    client = socket.socket()
    if receive_buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.settimeout(20)
    client.connect(("127.0.0.1", int(server.urls[scheme].rsplit(":", 1)[1])))
    if scheme == "https":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        client = context.wrap_socket(client)
    return client


def ask(client, path):
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {TOKEN}\r\n\r\n".encode())
    if not client.recv(1024).startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"{path} was not answered")


def memory_with(server, scheme, count, path, receive_buffer=None, settle=0.5):
    """Memory in MB while `count` clients that have asked for `path` stay and read no further."""
    clients = []
    try:
        for _ in range(count):
            clients.append(connect(server, scheme, receive_buffer))
            ask(clients[-1], path)
        time.sleep(settle)
        return support.memory_bytes(server.pids(scheme)) / 1e6
    finally:
        for client in clients:
            client.close()


def measure(report, folder, ours, peer):
    for name, script in SCRIPTS.items():
        (folder / f"{name}.lua").write_text(script + DONE)
    cases = [("2 MB files, 64 connections, plain", "CPU s/GB", per_gigabyte, "http", "files"),
             ("1 MB ranges of a large file, plain", "CPU s/GB", per_gigabyte, "http", "ranges"),
             ("2 MB files, 64 connections, TLS 1.3", "CPU s/GB", per_gigabyte, "https", "files"),
             ("1 MB ranges of a large file, TLS 1.3", "CPU s/GB", per_gigabyte, "https", "ranges"),
             ("200-byte JSON with a token check, plain", "CPU us", per_request, "http", "json"),
             ("200-byte JSON with a token check, TLS 1.3", "CPU us", per_request, "https", "json")]
    for case, unit, figure, scheme, script in cases:
        path = folder / f"{script}.lua"
        mine, theirs = support.alternate(lambda: figure(ours, scheme, path),
                                         peer and (lambda: figure(peer, scheme, path)), rounds=ROUNDS)
        report.case(case, unit, mine, theirs, peer_name="nginx")
    for scheme, label in (("http", "plain"), ("https", "TLS 1.3")):
        for case, *how in ((f"memory with {IDLE} idle connections, {label}", IDLE, "/json"),
                           (f"memory with {SLOW} slow readers of 1 GB, {label}", SLOW, "/files/slow.bin", 4096, 2)):
            report.case(case, "MB PSS", memory_with(ours, scheme, *how), peer and memory_with(peer, scheme, *how),
                        peer_name="nginx")


def main():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(20000, hard), hard))
    if support.peer_program("wrk") is None:
        sys.exit("deliver: wrk is needed")
    report = support.Report("deliver")
    cores = os.cpu_count()
    with tempfile.TemporaryDirectory(prefix="marea-deliver-") as name:
        folder = pathlib.Path(name)
        make_files(folder)
        with marea(folder, cores) as ours, nginx(folder, cores) as peer:
            measure(report, folder, ours, peer)


if __name__ == "__main__":
    main()
