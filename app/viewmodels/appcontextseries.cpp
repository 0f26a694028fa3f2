#include <algorithm>

#include "app/viewmodels/appcontext.h"
#include "app/viewmodels/episodes.h"

// Going on with a series: what is next, and that one episode follows another.
namespace marea::app {

void AppContext::connectSeries() {
    const auto look = [this] {
        if (nextUp_.loaded())
            nextUp_.reload();
    };
    connect(&navigator_, &Navigator::moved, this, [this, look] {
        if (navigator_.page() == QLatin1String("home"))
            look();
    });
    connect(&player_, &PlayerViewModel::positionSaved, this, [this, look] {
        if (!player_.playing())
            look();
    });
}

void AppContext::playNextOf(ItemViewModel* series) {
    if (series && series->next() >= 0)
        playEpisode(series, series->episodes()[series->next()].id);
}

void AppContext::playEpisode(ItemViewModel* series, const QString& mediaId) {
    if (!series)
        return;
    const auto has = [&](const MediaItem& item) { return item.id == mediaId; };
    const auto& all = series->episodes();
    const auto& shown = series->children()->items();  // may be there before the rest is
    const bool known = std::any_of(all.begin(), all.end(), has);
    const auto& episodes = known ? all : shown;
    const auto episode = std::find_if(episodes.begin(), episodes.end(), has);
    if (episode == episodes.end())
        return;
    player_.setStart(std::nullopt);
    player_.play({toEntry(*episode)}, 0);
    player_.append(playable(episodesAfter(episodes, mediaId)));
}

// It plays at once; what comes after it is asked for meanwhile, and of no use if one plays something else by then.
void AppContext::followEpisode(const MediaItem& episode) {
    if (episode.kind != QLatin1String("episode") || episode.seriesId.isEmpty())
        return;
    allEpisodes(api_, episode.seriesId, this, [this, id = episode.id](const QList<MediaItem>& episodes) {
        if (player_.mediaIdHere() == id && player_.queue()->count() == 1)
            player_.append(playable(episodesAfter(episodes, id)));
    });
}

}  // namespace marea::app
