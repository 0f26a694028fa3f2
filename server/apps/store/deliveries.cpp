#include "server/apps/store/deliveries.h"

#include <bit>

#include "server/apps/identity/errorof.h"
#include "server/apps/store/deliverystore.h"
#include "server/apps/store/licencestore.h"

namespace marea::server::store {

using core::Result;
using core::db::Session;

namespace {

constexpr std::size_t kMost = 100'000;  // titles that go out between two writes

}  // namespace

void Deliveries::delivered(const Id& user, const Id& media, TitleParts parts) {
    const std::lock_guard lock(mutex_);
    if (const auto found = sent_.find({user, media}); found != sent_.end()) {
        found->second |= parts;
    } else if (sent_.size() < kMost) {
        sent_.emplace(std::pair(user, media), parts);
    }
}

// Who cannot know counts.
bool Deliveries::counts(const Id& user, const Id& media) {
    const bool shares = viewers_.of(user).shares;
    const auto held = database_.readValue<std::vector<deliverystore::Holder>>(
        [&](Session& session) { return deliverystore::holders(session, user, media, shares); });
    return !held || !held->empty();
}

Deliveries::Sent Deliveries::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(sent_, {});
}

void Deliveries::giveBack(const Sent& sent) {
    for (const auto& [whose, parts] : sent) {
        delivered(whose.first, whose.second, parts);
    }
}

Result<std::vector<Deliveries::Change>> Deliveries::changes(Session& session, const Sent& sent,
                                                            const std::set<Id>& sharing) {
    std::vector<Change> changes;
    for (const auto& [whose, parts] : sent) {
        const auto& [user, media] = whose;
        const auto holders = deliverystore::holders(session, user, media, sharing.contains(user));
        if (!holders) {
            return errorOf(holders);
        }
        for (const deliverystore::Holder& holder : *holders) {
            const TitleParts all = holder.parts | parts;
            if (all != holder.parts || std::popcount(all) > kListenIn) {
                changes.push_back({holder.user, media, all});
            }
        }
    }
    return changes;
}

Result<void> Deliveries::write(Session& session, const std::vector<Change>& changes) {
    for (const Change& change : changes) {
        auto done = deliverystore::add(session, change.holder, change.media, change.parts);
        if (done && std::popcount(change.parts) > kListenIn) {
            done = licencestore::noteUsed(session, change.holder, change.media, clock_->now());
        }
        if (!done) {
            return done;
        }
    }
    return {};
}

// One at a time: who comes while another one writes has to find it written.
Result<void> Deliveries::flush() {
    const std::lock_guard lock(flushing_);
    const Sent sent = take();
    if (sent.empty()) {
        return {};
    }
    std::set<Id> sharing;
    for (const auto& [whose, parts] : sent) {  // not within a read: it may have to read, too
        if (viewers_.of(whose.first).shares) {
            sharing.insert(whose.first);
        }
    }
    const auto found =
        database_.readValue<std::vector<Change>>([&](Session& session) { return changes(session, sent, sharing); });
    auto done = !found           ? Result<void>(errorOf(found))
                : found->empty() ? Result<void>()
                                 : database_.write([&](Session& session) { return write(session, *found); });
    if (!done) {
        giveBack(sent);
    }
    return done;
}

}  // namespace marea::server::store
