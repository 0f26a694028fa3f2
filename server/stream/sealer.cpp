#include "server/stream/sealer.h"

#include <algorithm>

#include "server/protection/wholesegment.h"

namespace marea::server {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

namespace {

constexpr std::size_t kMostKnown = 128;

CommonScheme commonScheme(ProtectionScheme scheme) {
    return scheme == ProtectionScheme::Cbcs ? CommonScheme::Cbcs : CommonScheme::Cenc;
}

SegmentWish headOf(SegmentWish wish) {
    wish.format = SegmentFormat::Mp4;
    wish.number = SegmentSpec::kInit;
    return wish;
}

std::string trackName(const SegmentWish& wish, const Seal& seal) {
    return cacheKey({wish.title->fingerprintOf(wish.rendition),
                     wish.rendition,
                     name(seal.kind.scheme),
                     {reinterpret_cast<const char*>(seal.key.id.data()), seal.key.id.size()}});
}

}  // namespace

void Sealer::piece(const SegmentWish& wish, const Seal& seal, Done done) {
    if (seal.kind.scheme == ProtectionScheme::Aes128) {
        return whole(wish, seal.key.value, std::move(done));
    }
    if (wish.format != SegmentFormat::Mp4 && wish.format != SegmentFormat::Picture) {
        return done(fail(ErrorCode::NotFound, "There is no such segment.", "Common Encryption is of MP4"));
    }
    common(wish, seal, std::move(done));
}

void Sealer::whole(const SegmentWish& wish, const Key128& key, Done done) {
    const bool head = wish.number == SegmentSpec::kInit;
    const Key128 vector = sequenceVector(head ? 0 : static_cast<std::uint64_t>(wish.number));
    service_.segment(wish, [this, head, key, vector, done = std::move(done)](Result<SegmentCache::Entry> entry) {
        done(sealed(std::move(entry), [&](std::string clear) -> Result<std::string> {
            return head ? std::move(clear) : encryptWhole(std::move(clear), key, vector);
        }));
    });
}

void Sealer::common(const SegmentWish& wish, const Seal& seal, Done done) {
    withEncryption(
        wish, seal, [this, wish, key = seal.signalled(), done = std::move(done)](Result<Encryption> encryption) {
            if (!encryption) {
                return done(unexpected<core::Error>(encryption.error()));
            }
            if (wish.number == SegmentSpec::kInit) {
                return done(std::make_shared<const std::string>((*encryption)->init(protectionBoxes(key))));
            }
            service_.segment(wish, [this, encryption = *encryption, done](Result<SegmentCache::Entry> entry) {
                done(sealed(std::move(entry), [&](const std::string& clear) { return encryption->segment(clear); }));
            });
        });
}

void Sealer::withEncryption(const SegmentWish& wish, const Seal& seal, std::function<void(Result<Encryption>)> done) {
    const std::string track = trackName(wish, seal);
    if (auto encryption = known(track)) {
        return done(std::move(encryption));
    }
    service_.segment(headOf(wish), [this, track, seal, done = std::move(done)](Result<SegmentCache::Entry> entry) {
        const auto head = entry ? bytesOf(*entry) : Result<std::string>(unexpected<core::Error>(entry.error()));
        auto made = head ? CommonEncryption::of(*head, commonScheme(seal.kind.scheme), seal.key)
                         : Result<CommonEncryption>(unexpected<core::Error>(head.error()));
        if (!made) {
            return done(unexpected<core::Error>(made.error()));
        }
        const auto encryption = std::make_shared<const CommonEncryption>(std::move(*made));
        {
            const std::lock_guard lock(mutex_);
            known_.emplace_front(track, encryption);
            if (known_.size() > kMostKnown) {
                known_.pop_back();
            }
        }
        done(encryption);
    });
}

Sealer::Encryption Sealer::known(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(known_.begin(), known_.end(), [&](const auto& one) { return one.first == key; });
    if (found == known_.end()) {
        return nullptr;
    }
    known_.splice(known_.begin(), known_, found);
    return known_.front().second;
}

Result<Sealer::Bytes> Sealer::sealed(Result<SegmentCache::Entry> entry,
                                     const std::function<Result<std::string>(std::string)>& encrypt) {
    if (!entry) {
        return unexpected<core::Error>(entry.error());
    }
    const std::int64_t size = entry->size;
    const std::int64_t before = underWay_->fetch_add(size);
    // Given back with the last of the bytes, also where there come to be none.
    const std::shared_ptr<void> share(nullptr, [count = underWay_, size](void*) { count->fetch_sub(size); });
    if (before > 0 && before + size > mostBytes_) {
        return fail(ErrorCode::Unavailable, "The server is encrypting as much as it can. Try again in a moment.");
    }
    auto clear = bytesOf(*entry);
    if (!clear) {
        return unexpected<core::Error>(clear.error());
    }
    try {
        auto bytes = encrypt(std::move(*clear));
        if (!bytes) {
            return unexpected<core::Error>(bytes.error());
        }
        return Bytes(new const std::string(std::move(*bytes)), [share](const std::string* sent) { delete sent; });
    } catch (const std::exception& error) {
        return fail(ErrorCode::Internal, "Something went wrong.", error.what());
    }
}

}  // namespace marea::server
