#include "server/apps/metadata/lookup.h"

#include "server/apps/metadata/lookupwork.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;
using core::TimeMs;

namespace {

constexpr TimeMs kShortPause = 5 * 60 * 1000, kLongPause = 3600 * 1000;
constexpr std::size_t kMostPicture = 10 * 1024 * 1024;

// What says nothing of the item, but of the way there: the item is looked up later.
bool isOfTheWay(ErrorCode code) {
    return code != ErrorCode::NotFound && code != ErrorCode::Corrupt && code != ErrorCode::TooLarge;
}

std::string firstId(std::string_view tag) {
    const std::string id(tag.substr(0, 36));
    return core::isId(id) ? id : std::string();
}

}  // namespace

MetadataProvider* MetadataLookup::providerFor(std::string_view kind) const {
    for (const auto& provider : providers_) {
        if (provider->knows(kind)) {
            return provider.get();
        }
    }
    return nullptr;
}

std::vector<std::string> MetadataLookup::kindsNow() {
    std::vector<std::string> kinds;
    const std::lock_guard lock(mutex_);
    for (const char* kind : {"movie", "series", "album", "artist"}) {
        const MetadataProvider* provider = providerFor(kind);
        const auto paused = provider ? pauses_.find(provider->name()) : pauses_.end();
        if (provider && (paused == pauses_.end() || paused->second.until <= parts_.clock->now())) {
            kinds.emplace_back(kind);
        }
    }
    return kinds;
}

void MetadataLookup::pause(const MetadataProvider& provider, const core::Error& why) {
    const bool wrongKey = why.code == ErrorCode::Unauthorized || why.code == ErrorCode::Forbidden;
    {
        const std::lock_guard lock(mutex_);
        pauses_.insert_or_assign(std::string(provider.name()),
                                 Pause{parts_.clock->now() + (wrongKey ? kLongPause : kShortPause), why.text});
    }
    parts_.logger->warning("metadata.provider_rests", {{"provider", provider.name()}, {"detail", why.detail}});
}

void MetadataLookup::maintain() {
    runs_ = true;
    goOn();
}

void MetadataLookup::goOn() {
    if (!runs_ || providers_.empty() || stopped_ || busy_.exchange(true)) {
        return;
    }
    if (!parts_.pool.post([this] { step(); })) {
        busy_ = false;
    }
}

void MetadataLookup::step() {
    const auto kinds = kindsNow();
    auto next =
        stopped_ || kinds.empty() ? Result<std::optional<LookupItem>>(std::nullopt) : store_.next(after_, kinds);
    if (!next || !*next) {
        if (!next) {
            parts_.logger->warning("metadata.not_read", {{"detail", next.error().detail}});
        } else if (again_.exchange(false)) {
            after_ = 0;
        }
        busy_ = false;
        return;
    }
    const auto work = std::make_shared<Work>();
    work->item = std::move(**next);
    work->provider = providerFor(work->item.wanted.kind);
    work->done = [this, work = std::weak_ptr(work)](const Result<void>& done) {
        if (const auto held = work.lock()) {
            background(held, done);
        }
    };
    nameByTags(work->item);
    search(work);
}

// On to the next, or a rest where the provider cannot be asked.
void MetadataLookup::background(const Shared& work, const Result<void>& done) {
    if (!done && isOfTheWay(done.error().code)) {
        pause(*work->provider, done.error());
    } else {
        after_ = work->item.num;
    }
    if (stopped_ || !parts_.pool.post([this] { step(); })) {
        busy_ = false;
    }
}

// What the tags name needs no guessing.
void MetadataLookup::nameByTags(LookupItem& item) const {
    const auto track = item.track.empty() ? Result<ItemDetail>(core::fail(ErrorCode::NotFound, ""))
                                          : parts_.catalog.itemForWork(item.track);
    if (track && !track->files.empty()) {
        const core::Tags& tags = track->files.front().info.tags;
        item.wanted.musicBrainz =
            firstId(item.wanted.kind == "album" ? tags.musicBrainzAlbumId : tags.musicBrainzArtistId);
    }
}

void MetadataLookup::later(const Shared& work, std::function<void()> task) {
    if (!parts_.pool.post(std::move(task))) {
        work->done(core::fail(ErrorCode::Unavailable, "The server is busy. Try again in a moment."));
    }
}

void MetadataLookup::search(const Shared& work) {
    work->provider->search(work->item.wanted, [this, work](Result<std::vector<MatchCandidate>> found) {
        later(work, [this, work, found = std::move(found)] { searched(work, found); });
    });
}

void MetadataLookup::searched(const Shared& work, Result<std::vector<MatchCandidate>> found) {
    if (!found && isOfTheWay(found.error().code)) {
        work->done(core::unexpected<core::Error>(found.error()));
        return;
    }
    work->candidates = scored(work->item.wanted, found.value_or(std::vector<MatchCandidate>()));
    if (work->candidates.empty() && !work->item.wanted.musicBrainz.empty()) {
        work->item.wanted.musicBrainz.clear();  // an id that nobody knows there: by name, then
        search(work);
        return;
    }
    if (work->searchOnly) {
        work->done(Result<void>());
        return;
    }
    const auto choice = chosen(work->candidates);
    if (choice) {
        work->chosenId = choice->id;
        fetch(work);
        return;
    }
    work->done(save(*work, work->candidates.empty() ? "none" : "doubtful", {}));
}

void MetadataLookup::fetch(const Shared& work) {
    work->provider->fetch(work->item.wanted.kind, work->chosenId, [this, work](Result<ProvidedFacts> facts) {
        later(work, [this, work, facts = std::move(facts)] { fetched(work, facts); });
    });
}

void MetadataLookup::fetched(const Shared& work, const Result<ProvidedFacts>& facts) {
    if (!facts) {
        const bool gone = !isOfTheWay(facts.error().code) && !work->byOwner;
        work->done(gone ? save(*work, "none", {}) : core::unexpected<core::Error>(facts.error()));
        return;
    }
    work->found.overview = facts->overview;
    work->found.genres = facts->genres;
    work->found.year = facts->year;
    const auto has = parts_.catalog.hasOwnPicture(work->item.id);
    if (!facts->picture.empty() && has && !*has) {
        fetchPicture(work, *facts);
    } else {
        provide(work);
    }
}

// A picture that cannot be had is no reason to do without the rest.
void MetadataLookup::fetchPicture(const Shared& work, const ProvidedFacts& facts) {
    OutboundRequest request{.url = facts.picture};
    request.headers = {{"Accept", "image/jpeg, image/png, image/webp"}};
    request.mostBytes = kMostPicture;
    request.patience = 60'000;
    request.alsoHosts = facts.pictureHosts;
    parts_.outbound.send(std::move(request), [this, work](Result<OutboundAnswer> answer) {
        if (answer && answer->status == 200) {
            work->found.picture = std::move(answer->body);
        }
        later(work, [this, work] { provide(work); });
    });
}

void MetadataLookup::provide(const Shared& work) {
    parts_.catalog.provide(work->item.id, std::move(work->found), [this, work](const Result<void>& provided) {
        work->done(provided ? save(*work, "matched", work->chosenId) : provided);
    });
}

Result<void> MetadataLookup::save(const Work& work, const char* state, const std::string& externalId) {
    return store_.save(work.item.id, {std::string(work.provider->name()), state, externalId, work.byOwner,
                                      work.candidates, parts_.clock->now()});
}

}  // namespace marea::server
