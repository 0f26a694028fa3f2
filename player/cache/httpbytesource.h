#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <QUrl>
#include <vector>

#include "core/http/httpclient.h"
#include "player/cache/bytesource.h"
#include "player/session/playerengine.h"

namespace marea::player {

struct HttpSourceOptions {
    QUrl url;
    RenewUrl renew;                              // see Source::renew; may be empty
    qint64 expiresAt = 0;                        // UTC ms when the url's token runs out; 0: never
    std::int64_t ahead = 32 << 20;               // bytes kept from the reading position on
    std::int64_t behind = 16 << 20;              // bytes kept elsewhere
    std::chrono::milliseconds stallAfter{5000};  // without a byte; then the attempt is given up
    std::chrono::milliseconds giveUpAfter{
        20000};  // of trouble, once something was read; at the start the first stall is enough
    // Told on any thread: why nothing comes at the moment, in words; empty when it goes on.
    std::function<void(const std::string& reason)> onTrouble;
};

// What the stream is doing, for the seek bar and the statistics page.
struct StreamStatistics {
    std::vector<std::pair<std::int64_t, std::int64_t>> buffered;  // byte ranges [begin, end)
    std::int64_t size = -1;
    std::int64_t received = 0;  // bytes over the wire
    double bytesPerSecond = 0;  // recent
    int requests = 0;
};

// A title read ahead from a server by Range requests over connections that stay open, into a bounded buffer, so that
// a seek within it costs nothing. A broken connection is taken up at the byte where it broke (If-Range: a file that
// changed meanwhile is an error). A redirect to another origin is refused, also of a renewed URL.
// Errors: Timeout, Unavailable, NotFound, Unauthorized, Conflict (changed), Forbidden, Cancelled.
class HttpByteSource : public ByteSource {
public:
    // Starts the first request at once.
    HttpByteSource(std::shared_ptr<core::HttpClient> client, HttpSourceOptions options);
    ~HttpByteSource() override;

    core::Result<std::int64_t> size() override;
    core::Result<std::size_t> read(std::int64_t offset, std::span<char> out) override;
    void cancel() override;

    StreamStatistics statistics() const;  // any thread

private:
    class Fetcher;
    std::shared_ptr<core::HttpClient> client_;
    std::shared_ptr<Fetcher> fetcher_;
};

}  // namespace marea::player
