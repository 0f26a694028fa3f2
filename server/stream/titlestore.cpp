#include "server/stream/titlestore.h"

#include <algorithm>
#include <optional>

#include "core/io/clearfile.h"
#include "server/packaging/timegrid.h"
#include "server/stream/indexfile.h"

namespace marea::server {

using core::Result;
using core::unexpected;

Result<std::string> bytesOf(const SegmentCache::Entry& entry) {
    if (entry.bytes) {
        return *entry.bytes;
    }
    std::string bytes(static_cast<std::size_t>(entry.size), '\0');
    auto reader = core::ClearReader::create(entry.file);
    const auto got = reader ? reader->read(0, bytes.data(), bytes.size()) : unexpected<core::Error>(reader.error());
    if (!got || *got < bytes.size()) {
        return got ? core::fail(core::ErrorCode::Io, "The file became shorter.", "read from the cache")
                   : unexpected<core::Error>(got.error());
    }
    return bytes;
}

namespace {

// Somebody waits for a making, and may go at any time: before it was asked for, while that happens, or later.
class Wait {
public:
    Wait(std::weak_ptr<Makings> makings, CacheKey key) : makings_(std::move(makings)), key_(std::move(key)) {}

    void gone() {
        giveUp([this] { gone_ = true; });
    }
    void began(Makings::Waiter waiter) {
        giveUp([&] { waiter_ = waiter; });
    }

private:
    void giveUp(const std::function<void()>& note) {
        {
            const std::lock_guard lock(mutex_);
            note();
            if (!gone_ || !waiter_) {
                return;
            }
        }
        if (const auto makings = makings_.lock()) {
            makings->giveUp(key_, *waiter_);
        }
    }

    const std::weak_ptr<Makings> makings_;
    const CacheKey key_;
    std::mutex mutex_;
    bool gone_ = false;
    std::optional<Makings::Waiter> waiter_;  // once set it stays
};

bool isLong(const StreamTitle& title) {
    const auto status = core::status(title.handle);
    return status && isLongToIndex(title.info, status->size);
}

constexpr std::size_t mostLater = 8;  // each holds a descriptor

}  // namespace

TitleStore::TitleStore(std::shared_ptr<Makings> makings, SegmentMaker& maker, std::string build, std::size_t most)
    : makings_(std::move(makings)), maker_(maker), build_(std::move(build)), most_(most) {}

CacheKey TitleStore::keyOf(std::string_view build, std::string_view fingerprint, IndexDepth depth) {
    return cacheKey({depth == IndexDepth::Whole ? "index" : "ends", build, fingerprint});
}

void TitleStore::index(const IndexWish& wish, Done done) {
    const auto isThere = [&] { return makings_->cache().contains(keyOf(build_, wish.title->fingerprint)); };
    auto index = known(wish);
    if (index && (index->isWhole || !isThere())) {
        return done(std::move(index));
    }
    IndexWish own = wish;
    if (wish.depth == IndexDepth::Soonest && (!isLong(*wish.title) || isThere())) {
        own.depth = IndexDepth::Whole;
    }
    fetch(own, true, std::move(done));
}

Makings::Start TitleStore::startOf(const StreamTitlePtr& title, IndexDepth depth) {
    return [self = shared_from_this(), title, depth](
               Makings::Urgency urgency, SegmentMaker::Done<std::string> made) -> Result<SegmentMaker::Ticket> {
        auto source = title->source();
        if (!source) {
            return unexpected<core::Error>(source.error());
        }
        return self->maker_.index(std::move(*source), depth, urgency, [made](Result<MediaIndex> index) {
            made(index ? Result<std::string>(indexToBytes(*index)) : unexpected<core::Error>(index.error()));
        });
    };
}

void TitleStore::fetch(const IndexWish& wish, bool again, Done done) {
    const CacheKey key = keyOf(build_, wish.title->fingerprint, wish.depth);
    const auto wait = std::make_shared<Wait>(makings_, key);
    if (wish.client) {  // before it is asked for: whoever has the index may have the client tell them next
        wish.client->onGone([wait] { wait->gone(); });
    }
    wait->began(makings_->get(
        key, wish.title->user, startOf(wish.title, wish.depth),
        [self = shared_from_this(), wish, again, done = std::move(done)](Result<SegmentCache::Entry> entry) {
            self->take(wish, again, std::move(entry), done);
        }));
}

void TitleStore::take(const IndexWish& wish, bool again, Result<SegmentCache::Entry> entry, const Done& done) {
    const StreamTitlePtr& title = wish.title;
    if (!entry) {
        return done(unexpected<core::Error>(entry.error()));
    }
    const auto bytes = bytesOf(*entry);
    auto index = bytes ? indexFromBytes(*bytes) : Result<MediaIndex>(unexpected<core::Error>(bytes.error()));
    if (!index && again) {  // a damaged file of ours is no reason not to play
        makings_->cache().remove(keyOf(build_, title->fingerprint, wish.depth));
        return fetch(wish, false, done);
    }
    if (!index) {
        return done(unexpected<core::Error>(index.error()));
    }
    const auto shared = std::make_shared<const MediaIndex>(std::move(*index));
    remember(title->fingerprint, shared);
    done(shared);
    const CacheKey whole = keyOf(build_, title->fingerprint);
    if (!shared->isWhole) {
        wholeLater(title);
    } else if (wish.depth == IndexDepth::Soonest && !makings_->cache().contains(whole)) {
        makings_->cache().keep(whole, std::make_shared<const std::string>(*bytes));  // for who wants no other
    }
}

// Wanted until many others are: while somebody watches it waits.
void TitleStore::wholeLater(const StreamTitlePtr& title) {
    decltype(later_) over;  // goes without the lock
    auto interest =
        makings_->ahead(keyOf(build_, title->fingerprint), Makings::Urgency::Batch, startOf(title, IndexDepth::Whole));
    const std::lock_guard lock(mutex_);
    if (!interest || stopped_) {
        return;
    }
    const auto before =
        std::find_if(later_.begin(), later_.end(), [&](const auto& one) { return one.first == title->fingerprint; });
    if (before != later_.end()) {
        over.splice(over.end(), later_, before);
    }
    later_.emplace_front(title->fingerprint, std::move(interest));
    if (later_.size() > mostLater) {
        over.splice(over.end(), later_, std::prev(later_.end()));
    }
}

void TitleStore::stop() {
    decltype(later_) over;  // goes without the lock
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    over.swap(later_);
}

TitleStore::IndexPtr TitleStore::known(const IndexWish& wish) {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(known_.begin(), known_.end(),
                                    [&](const auto& pair) { return pair.first == wish.title->fingerprint; });
    if (found == known_.end() || (wish.depth == IndexDepth::Whole && !found->second->isWhole)) {
        return nullptr;
    }
    known_.splice(known_.begin(), known_, found);
    return known_.front().second;
}

void TitleStore::remember(const std::string& fingerprint, IndexPtr index) {
    const std::lock_guard lock(mutex_);
    const auto found =
        std::find_if(known_.begin(), known_.end(), [&](const auto& pair) { return pair.first == fingerprint; });
    if (found != known_.end()) {
        if (found->second->isWhole && !index->isWhole) {
            return;
        }
        known_.erase(found);
    }
    known_.emplace_front(fingerprint, std::move(index));
    if (known_.size() > most_) {
        known_.pop_back();
    }
}

}  // namespace marea::server
