#pragma once

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "server/gateway/clientwatch.h"
#include "server/packaging/segment.h"
#include "server/stream/makings.h"
#include "server/stream/title.h"

namespace marea::server {

// Whose index, for whom.
struct IndexWish {
    StreamTitlePtr title;
    std::shared_ptr<ClientWatch> client = {};  // who waits for it; null: somebody who does not go
    IndexDepth depth = IndexDepth::Whole;      // Soonest: the whole one, where that is there or does not take long
};

// The indexes of titles: those in use in memory, the others as files of `makings`' cache; made by a worker when first
// needed, once however many ask. Of a title that had to begin with one that is not whole, the whole one is made when
// nobody waits or watches. Thread-safe.
class TitleStore : public std::enable_shared_from_this<TitleStore> {
public:
    using IndexPtr = std::shared_ptr<const MediaIndex>;
    using Done = std::function<void(core::Result<IndexPtr>)>;

    // `build` names the version of the program: another one's indexes are not used.
    TitleStore(std::shared_ptr<Makings> makings, SegmentMaker& maker, std::string build, std::size_t most = 64);

    // `done` comes exactly once: on the caller's thread when the index is there, else on the maker's; with Cancelled,
    // on the gateway's, when its client went before. What nobody waits for any more is not made on.
    void index(const IndexWish& wish, Done done);

    // Under which an index is kept.
    static CacheKey keyOf(std::string_view build, std::string_view fingerprint, IndexDepth depth = IndexDepth::Whole);

    // What is made for later is called off. Before the cache goes.
    void stop();

private:
    IndexPtr known(const IndexWish& wish);
    Makings::Start startOf(const StreamTitlePtr& title, IndexDepth depth);
    void wholeLater(const StreamTitlePtr& title);
    void remember(const std::string& fingerprint, IndexPtr index);
    void fetch(const IndexWish& wish, bool again, Done done);
    void take(const IndexWish& wish, bool again, core::Result<SegmentCache::Entry> entry, const Done& done);

    const std::shared_ptr<Makings> makings_;
    SegmentMaker& maker_;
    const std::string build_;
    const std::size_t most_;
    std::mutex mutex_;
    std::list<std::pair<std::string, IndexPtr>> known_;           // the most recently used first
    std::list<std::pair<std::string, Makings::Interest>> later_;  // whole ones that are made, the latest first
    bool stopped_ = false;
};

// The bytes of an entry, from the disk or from memory. Blocks.
core::Result<std::string> bytesOf(const SegmentCache::Entry& entry);

}  // namespace marea::server
