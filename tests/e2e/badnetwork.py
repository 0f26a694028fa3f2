"""Networks that are none: a proxy that delays and cuts, and a network of one's own whose link can be taken down."""
import random
import select
import socket
import subprocess
import threading
import time
import unittest
import urllib.parse

from media import require_program


class BadNetwork:
    """Passes bytes on to the server at `url`, some of them late, and breaks each connection off after as many as the dice say; some
    are never cut. `longest`: of a delay, in seconds."""

    def __init__(self, url, seed, longest=0.0):
        self.target, self.dice, self.longest, self.cut = urllib.parse.urlsplit(url), random.Random(seed), longest, 0
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:
                return
            budget = self.dice.choice([self.dice.randrange(1, 2500), self.dice.randrange(1, 2500), 1 << 40])
            threading.Thread(target=self.carry, args=(client, budget, random.Random(self.dice.random())), daemon=True).start()

    def carry(self, client, budget, dice):
        try:
            server = socket.create_connection((self.target.hostname, self.target.port))
        except OSError:
            client.close()
            return
        with client, server:
            other = {client: server, server: client}
            while budget >= 0:
                for source in select.select(list(other), [], [])[0]:
                    try:
                        data = source.recv(512)
                        budget -= len(data)
                        if not data or budget < 0:
                            self.cut += budget < 0
                            return
                        if self.longest and dice.random() < 0.3:
                            time.sleep(dice.uniform(0, self.longest))
                        other[source].sendall(data)
                    except OSError:
                        return

    def close(self):
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self.thread.join()


class OwnNetwork:
    """A network that only those are in who are started by `command`, on 127.0.0.1, with a link that can be taken down."""

    def __init__(self, test):
        unshare, self.nsenter = (require_program(name, "util-linux") for name in ("unshare", "nsenter"))
        self.ip = require_program("ip", "iproute2")
        self.holder = subprocess.Popen([unshare, "--map-root-user", "--net", "sh", "-c", "echo in; exec sleep infinity"],
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        test.addCleanup(self.close)
        is_in = self.holder.stdout.readline() == b"in\n"
        if not is_in or subprocess.run(self.command(self.ip, "link", "set", "lo", "up"), capture_output=True, check=False).returncode:
            raise unittest.SkipTest("no network of one's own is allowed here (unshare --map-root-user --net)")

    def command(self, *command):
        return [self.nsenter, "--preserve-credentials", "--user", "--net", "--target", str(self.holder.pid), *map(str, command)]

    def link(self, state):
        subprocess.run(self.command(self.ip, "link", "set", "lo", state), check=True)

    def close(self):
        self.holder.kill()
        self.holder.wait()
        self.holder.stdout.close()
