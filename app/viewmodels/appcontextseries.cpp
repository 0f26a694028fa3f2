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
    if (!series || series->next() < 0)
        return;
    const auto episode = series->episodes()[series->next()];
    player_.setStart(std::nullopt);
    player_.play({toEntry(episode)}, 0);
    player_.append(playable(episodesAfter(series->episodes(), episode.id)));
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
