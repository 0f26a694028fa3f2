#include <QPointer>

#include "app/viewmodels/playerviewmodel.h"

// Titles that several libraries have: from which of them they play.
namespace marea::app {

using player::PlayEntry;

void PlayerViewModel::setCopies(Copies* copies) {
    copies_ = copies;
    positions_.setCopies(copies);
}

void PlayerViewModel::playFrom(const PlayEntry& entry, const QString& address) {
    start_.reset();
    wantedPlace_ = address;
    play({entry}, 0);
}

void PlayerViewModel::resolveNearest(const PlayEntry& entry, std::optional<double> start, const Resolved& done) {
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
                infos_.insert(entry.key, *info);
                Q_EMIT entryChanged();
                Q_EMIT chaptersChanged();
                positions_.beginElsewhere(info->sessionId, *api);
                auto again = request;
                again.start.reset();
                player::ReadySource ready{toSource(*api, again, entry, *info), info->sessionId};
                ready.source.start = *request.start;
                done(ready);
            });
}

}  // namespace marea::app
