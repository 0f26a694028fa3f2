#include <QPointer>
#include <QTimer>

#include "app/viewmodels/playerviewmodel.h"
#include "app/viewmodels/texts.h"

// Titles that several libraries have, or another than the one in use: from which of them they play.
namespace marea::app {

using player::PlayEntry;

namespace {

constexpr int kPatienceThereMs = 3000;  // for the library that has it, before others are asked

// As lists tell of it. With an album, who plays it is no mark: compilations name another.
MediaItem titleToFind(const PlayEntry& entry) {
    MediaItem item;
    item.id = entry.mediaId;
    item.place = entry.place;
    item.kind = QStringLiteral("track");
    item.title = entry.title;
    item.album = entry.album;
    if (entry.album.isEmpty())
        item.artist = entry.artist;
    item.track = entry.track;
    item.duration = entry.duration;
    return item;
}

void endUnwanted(ApiClient& api, const QString& sessionId, QObject* context) {
    deliver(api.endSession(sessionId), context, [](const core::Result<bool>&) {});
}

}  // namespace

// One title of another library on its way to the engine.
struct PlayerViewModel::Attempt {
    PlayEntry entry;
    std::optional<double> start;
    Resolved done;
    QPointer<LibraryElsewhere> library;
    QList<TitleCopy> others{};  // that have it, too, and were not tried
    bool over = false, looking = false, looked = false;
    std::optional<core::Error> error{};  // why its own library does not play it

    PlaybackRequest request(const QString& id, const StreamWishes& wishes) const { return {id, start, {}, {}, wishes}; }
};

void PlayerViewModel::setCopies(Copies* copies) {
    copies_ = copies;
    positions_.setCopies(copies);
}

void PlayerViewModel::playFrom(const PlayEntry& entry, const QString& address) {
    start_.reset();
    wantedPlace_ = address;
    play({entry}, 0);
}

// Music of a library that is away now plays from another that has it.
PlayerViewModel::Resolved PlayerViewModel::orFromOther(const PlayEntry& entry, std::optional<double> start,
                                                       const Resolved& done) {
    if (!entry.music || !copies_ || !copies_->any())
        return done;
    return [this, entry, start, done](core::Result<player::ReadySource> ready) {
        if (ready || !cannotBeReached(ready.error()))
            return done(std::move(ready));
        const auto attempt = std::make_shared<Attempt>(Attempt{entry, start, done, nullptr});
        attempt->error = ready.error();
        lookForOther(attempt);
    };
}

void PlayerViewModel::resolveNearest(const PlayEntry& entry, std::optional<double> start, const Resolved& tell) {
    const auto done = orFromOther(entry, start, tell);
    const auto wanted = entry.key == choiceKey_ ? std::exchange(wantedPlace_, std::nullopt) : std::nullopt;
    if (!copies_ || !copies_->any())
        return resolveHere(entry, start, done);
    if (!entry.music)
        copies_->find(entry.mediaId, [](const MediaItem&, const QList<TitleCopy>&) {});  // who is told of it afterwards
    if (wanted ? wanted->isEmpty() : !copies_->anyNearer())
        return resolveHere(entry, start, done);
    const auto choose = [this, entry, start, wanted, done](const MediaItem& here, const QList<TitleCopy>& copies) {
        const bool kept = kept_.kept(entry.mediaId).has_value();
        const int place = wanted ? placeOf(copies, *wanted) : copies_->nearestOf(copies, kept);
        if (place < 0 || !copies[place].api)
            return resolveHere(entry, start, done);
        resolveCopy(entry, copies[place], start.value_or(here.position), done);
    };
    wanted ? copies_->find(entry.mediaId, choose) : copies_->findNearest(entry.mediaId, choose);
}

// Where that fails the library in use still has it.
void PlayerViewModel::resolveCopy(const PlayEntry& entry, const TitleCopy& copy, double start, const Resolved& done) {
    const bool current = entry.key == choiceKey_;
    if (current) {
        pending_ = choice_ = {};  // streams of another file
        if (!entry.music)
            learnOf(*copy.api, copy.item.id, entry.mediaId);
    }
    const PlaybackRequest request{copy.item.id, start, {}, {}, wishesFor(entry)};
    deliver(copy.api->playback(request), this,
            [this, entry, api = copy.api, request, done](const core::Result<PlaybackInfo>& info) {
                if (!info || !api)
                    return resolveHere(entry, request.start, done);
                done(readyFrom(*api, entry, request, *info));
            });
}

player::ReadySource PlayerViewModel::readyFrom(ApiClient& api, const PlayEntry& entry, const PlaybackRequest& request,
                                               const PlaybackInfo& info) {
    infos_.insert(entry.key, info);
    Q_EMIT entryChanged();
    Q_EMIT chaptersChanged();
    positions_.beginElsewhere(info.sessionId, api);
    auto again = request;
    again.start.reset();
    player::ReadySource ready{toSource(api, again, entry, info), info.sessionId};
    ready.source.start = request.start.value_or(info.position);
    return ready;
}

LibraryElsewhere* PlayerViewModel::library() const {
    return copies_ && !place().isEmpty() ? copies_->libraryAt(place()) : nullptr;
}

// From its own library; from another that has it, too, where that cannot, or does not answer soon.
void PlayerViewModel::resolveThere(const PlayEntry& entry, std::optional<double> start, const Resolved& done) {
    const auto attempt =
        std::make_shared<Attempt>(Attempt{entry, start, done, copies_ ? copies_->libraryAt(entry.place) : nullptr});
    if (!attempt->library)
        return onThere(attempt, core::fail(core::ErrorCode::NotFound, {}));
    QTimer::singleShot(kPatienceThereMs, this, [this, attempt] { lookForOther(attempt); });
    const auto request = attempt->request(entry.mediaId, wishesFor(entry));
    attempt->library->ask<PlaybackInfo>([request](ApiClient& api) { return api.playback(request); }, this,
                                        [this, attempt](const auto& info) { onThere(attempt, info); });
}

void PlayerViewModel::onThere(const AttemptRef& attempt, const core::Result<PlaybackInfo>& info) {
    const auto& library = attempt->library;
    if (attempt->over) {  // another was faster
        if (info && library)
            endUnwanted(library->api(), info->sessionId, this);
        return;
    }
    if (!info || !library) {
        attempt->error = info ? core::Error{core::ErrorCode::NotFound, {}, {}} : info.error();
        return attempt->looked ? fail(*attempt) : lookForOther(attempt);
    }
    attempt->over = true;
    const auto& entry = attempt->entry;
    attempt->done(readyFrom(library->api(), entry, attempt->request(entry.mediaId, wishesFor(entry)), *info));
}

void PlayerViewModel::lookForOther(const AttemptRef& attempt) {
    if (attempt->over || std::exchange(attempt->looking, true))
        return;
    const auto found = [this, attempt](const MediaItem&, const QList<TitleCopy>& copies) {
        attempt->others = copies;
        playOther(attempt);
    };
    copies_ ? copies_->findOthers(titleToFind(attempt->entry), found) : found({}, {});
}

void PlayerViewModel::fail(Attempt& attempt) {
    attempt.over = true;
    auto told = *attempt.error;
    const bool named = cannotBeReached(told) && attempt.library;
    told.text = (named ? tr("Couldn't reach “%1”, and no other library has this title.").arg(attempt.library->name())
                       : texts::error(told))
                    .toStdString();
    attempt.done(core::unexpected<core::Error>(told));
}

// The nearest of those that are left. Where there is none, its own library may answer yet.
void PlayerViewModel::playOther(const AttemptRef& attempt) {
    while (!attempt->others.isEmpty() && !attempt->others.first().api)
        attempt->others.removeFirst();
    attempt->looked = attempt->others.isEmpty();
    if (attempt->looked && !attempt->library && !attempt->error)
        attempt->error = core::Error{core::ErrorCode::Unavailable, {}, {}};
    if (attempt->over || (attempt->looked && !attempt->error))
        return;
    if (attempt->looked)
        return fail(*attempt);
    const auto copy = attempt->others.takeFirst();
    const auto request = attempt->request(copy.item.id, wishesFor(attempt->entry));
    deliver(copy.api->playback(request), this,
            [this, attempt, request, api = copy.api](const core::Result<PlaybackInfo>& info) {
                if (!info || !api)
                    return playOther(attempt);
                if (attempt->over)
                    return endUnwanted(*api, info->sessionId, this);
                attempt->over = true;
                attempt->done(readyFrom(*api, attempt->entry, request, *info));
            });
}

}  // namespace marea::app
