"""Which folder may include which. The longest prefix counts, on both sides; a folder may always include itself.

This is the one list of allowed edges: a new folder needs a line here, and a new edge a reason in review.
"""

PURE_CORE = ("core/base", "core/media", "core/library", "core/store")

ALLOWED = {
    # core: base below everything; media, library and store are pure; db, io and http are its edges.
    "core/base": (),
    "core/media": ("core/base",),
    "core/library": ("core/base", "core/media"),
    "core/store": ("core/base", "core/media"),
    "core/io": ("core/base", "core/media"),
    "core/db": ("core/base",),
    "core/http": ("core/base",),

    "sync/merge": ("core/base",),
    "sync/records": ("core/base", "core/db", "sync/merge"),
    "sync/cloud": ("core/base", "core/db", "sync/merge", "sync/records"),
    "sync/peer": ("core/base", "core/db", "sync/merge", "sync/records", "sync/cloud"),
    "sync/dnssd": ("core/base",),
    "sync/plan": ("core/base", "core/media", "sync/merge"),
    "sync/engine": PURE_CORE + ("core/io", "core/db", "sync/merge", "sync/plan"),
    "sync/devices": PURE_CORE + ("core/io", "sync/merge", "sync/plan", "sync/engine"),

    # player: sessions decide and are pure; engines, render and cache act.
    "player/session": PURE_CORE,
    "player/engine": PURE_CORE + ("core/io", "core/http", "player/session", "player/cache"),
    "player/multimedia": PURE_CORE + ("core/http", "player/session", "player/cache", "player/engine"),
    "player/render": PURE_CORE + ("player/session", "player/engine", "player/multimedia"),
    "player/choice": PURE_CORE + ("player/session", "player/engine", "player/multimedia"),
    "player/cache": PURE_CORE + ("core/io", "core/http", "player/session"),

    # server: the gateway knows no part; parts know the gateway's values and each other's ports; the host knows all.
    "server/gateway": ("core/base", "core/io", "core/media"),
    "server/outbound": ("core/base", "core/db", "server/gateway"),
    "server/announce": ("core/base", "sync/dnssd"),
    "server/packaging": ("core/base", "core/media", "server/video"),
    "server/protection": ("core/base", "server/packaging"),
    "server/pipeline": ("core/base", "core/media", "core/io", "core/library", "server/packaging"),
    "server/transcode": ("core/base", "core/media", "core/io", "core/library", "server/packaging", "server/pipeline"),
    "server/farm": ("core/base", "core/media", "core/db", "core/io", "server/gateway", "server/packaging", "server/audio", "server/stream",
                    "server/transcode"),
    "server/video": ("core/base", "core/media"),
    "server/audio": ("core/base", "core/media", "server/packaging"),
    "server/apps/identity": ("core/base", "core/db", "core/io", "server/gateway"),
    "server/apps/audit": ("core/base", "core/db", "server/gateway"),
    "server/apps/scrobbling": ("core/base", "core/db", "server/gateway", "server/outbound", "server/apps/identity"),
    "server/apps/household": ("core/base", "core/db", "server/gateway", "server/apps/identity"),
    "server/apps/oauth": ("core/base", "core/db", "server/gateway", "server/apps/identity"),
    "server/apps/oidc": ("core/base", "core/db", "server/gateway", "server/outbound", "server/apps/identity", "server/apps/oauth"),
    "server/apps/catalog": ("core/base", "core/media", "core/library", "core/db", "core/io", "server/gateway", "server/apps/identity"),
    "server/apps/metadata": ("core/base", "core/library", "core/db", "server/gateway", "server/outbound", "server/apps/identity",
                             "server/apps/catalog"),
    "server/apps/library": ("core/base", "core/media", "core/library", "core/db", "core/io", "server/gateway", "server/video",
                            "server/audio", "server/packaging", "server/protection", "server/stream", "server/apps/identity",
                            "server/apps/catalog", "server/apps/licence"),
    "server/apps/sync": ("core/base", "core/media", "core/library", "core/db", "core/io", "server/gateway", "server/apps/identity",
                         "server/apps/catalog", "server/apps/library", "sync/merge", "sync/records"),
    "server/apps/subsonic": ("core/base", "core/media", "core/library", "core/db", "core/io", "server/gateway", "server/stream",
                             "server/apps/identity", "server/apps/catalog", "server/apps/library"),
    "server/apps/webdav": ("core/base", "core/library", "core/db", "server/gateway", "server/stream", "server/apps/identity",
                           "server/apps/catalog", "server/apps/library"),
    "server/apps/files": ("core/base", "core/db", "server/gateway", "server/stream", "server/apps/identity", "server/apps/oauth",
                          "server/apps/catalog", "server/apps/library"),
    "server/apps/licence": ("core/base", "core/media", "core/db", "core/io", "server/gateway", "server/outbound", "server/protection",
                            "server/stream", "server/apps/identity"),
    "server/apps/store": ("core/base", "core/library", "core/store", "core/db", "core/io", "server/gateway", "server/outbound",
                          "server/stream", "server/apps/identity", "server/apps/library", "server/apps/licence"),
    "server/apps/profiles": ("core/base", "core/media", "core/db", "server/gateway", "server/video"),
    "server/apps/uploads": ("core/base", "core/media", "core/library", "core/db", "core/io", "server/gateway", "server/apps/catalog"),
    "server/apps/downloads": ("core/base", "core/media", "core/db", "core/io", "server/gateway", "server/video", "server/packaging",
                              "server/farm", "server/apps/catalog"),
    "server/apps/prepared": ("core/base", "core/media", "core/db", "server/gateway", "server/video", "server/packaging", "server/stream",
                             "server/farm"),
    "server/apps/events": ("core/base", "core/db", "server/gateway", "server/farm", "server/apps/identity", "server/apps/library",
                           "server/apps/downloads"),
    "server/stream": ("core/base", "core/media", "core/io", "server/gateway", "server/video", "server/audio", "server/packaging", "server/protection",
                      "server/transcode"),
    "server/web": ("core/base", "server/gateway"),
    "server/host": ("core", "server", "sync/merge", "sync/records", "sync/dnssd"),

    # app: view models see ports; platform and api are edges; main.cpp composes.
    "app": ("core", "player", "sync", "app", "server/host"),

    "tests": ("app", "core", "player", "qml", "server", "sync", "tests"),
    "qml": ("app",),
}

# Pure folders decide on values: none of these in them.
PURE = PURE_CORE + ("sync/merge", "sync/plan", "sync/dnssd", "player/session", "server/video", "server/audio", "server/packaging", "server/protection")
IMPURE_HEADERS = ("fstream", "filesystem", "sqlite3.h", "unistd.h", "fcntl.h", "sys/", "boost/asio", "boost/beast", "QFile",
                  "QDir", "QProcess", "QNetwork", "QTcpSocket", "QThread", "mpv/", "libav", "taglib/")
# The log writes to stderr, and nothing else of core/base does.
IMPURE_ALLOWED = {"core/base/log.cpp", "core/base/clock.cpp"}


def rule_for(path):
    """The key of ALLOWED that holds for a path, or None."""
    parts = path.split("/")
    for length in range(len(parts), 0, -1):
        key = "/".join(parts[:length])
        if key in ALLOWED:
            return key
    return None


def is_below(path, folder):
    return path == folder or path.startswith(folder + "/")
