#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "server/protection/manifests.h"
#include "server/stream/streamservice.h"

namespace marea::server {

// How a title's pieces are encrypted for those who ask at one address.
struct Seal {
    ProtectionKind kind;
    ContentKey key;
    std::string content = {};     // names the title, for providers outside
    OutsideSystems outside = {};  // where the kind is theirs
    SignalledKey signalled() const { return {kind, key.id, content, outside}; }
};

// Pieces of protected titles: the clear ones of the cache, encrypted in memory on their way out. What is under way is
// bounded: beyond that, Unavailable at once. Thread-safe; the service outlives it, and the last answer's bytes.
class Sealer {
public:
    using Bytes = std::shared_ptr<const std::string>;
    using Done = std::function<void(core::Result<Bytes>)>;

    explicit Sealer(StreamService& service, std::int64_t mostBytes = std::int64_t{256} << 20)
        : service_(service), underWay_(std::make_shared<UnderWay>()), mostBytes_(mostBytes) {}

    // As StreamService::segment, whose errors it passes on. NotFound too where the form cannot be protected like that.
    // The same piece with the same key is always the same bytes. Encrypts on the thread that the piece comes on.
    void piece(const SegmentWish& wish, const Seal& seal, Done done);

private:
    using Encryption = std::shared_ptr<const CommonEncryption>;
    using UnderWay = std::atomic<std::int64_t>;  // bytes, until they have been sent

    void whole(const SegmentWish& wish, const Key128& key, Done done);
    void common(const SegmentWish& wish, const Seal& seal, Done done);
    void withEncryption(const SegmentWish& wish, const Seal& seal, std::function<void(core::Result<Encryption>)> done);
    Encryption known(const std::string& key);
    core::Result<Bytes> sealed(core::Result<SegmentCache::Entry> entry,
                               const std::function<core::Result<std::string>(std::string)>& encrypt);

    StreamService& service_;
    const std::shared_ptr<UnderWay> underWay_;
    const std::int64_t mostBytes_;
    std::mutex mutex_;
    std::list<std::pair<std::string, Encryption>> known_;  // of tracks, the most recently used first
};

}  // namespace marea::server
