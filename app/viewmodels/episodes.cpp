#include "app/viewmodels/episodes.h"

#include <algorithm>

namespace marea::app {
namespace {

constexpr int kEpisodesAPage = 200;        // the server's limit
constexpr qsizetype kMostEpisodes = 5000;  // of a series that never ends
constexpr double kBegunSeconds = 5;        // seconds, as on the title's page

using EpisodesDone = std::function<void(const QList<MediaItem>&)>;

void fetchEpisodes(ApiClient& api, const MediaQuery& query, const QString& cursor, QObject* context,
                   QList<MediaItem> sofar, const EpisodesDone& done) {
    deliver(api.media(query, cursor), context,
            [&api, query, context, sofar = std::move(sofar), done](const core::Result<MediaPage>& page) mutable {
                if (page)
                    sofar += page->items;
                if (!page || page->nextCursor.isEmpty() || sofar.size() >= kMostEpisodes)
                    return done(sofar);
                fetchEpisodes(api, query, page->nextCursor, context, std::move(sofar), done);
            });
}

// The first after `at` for which that holds, and else the first of all.
template <class F>
int firstAfter(const QList<int>& order, qsizetype at, F&& holds) {
    const auto from = order.begin() + (at + 1);
    auto found = std::find_if(from, order.end(), holds);
    if (found == order.end())
        found = std::find_if(order.begin(), from, holds);
    return found == order.end() || !holds(*found) ? -1 : *found;
}

}  // namespace

void allEpisodes(ApiClient& api, const QString& series, QObject* context, EpisodesDone done) {
    MediaQuery query;
    query.parent = series;
    query.kind = QStringLiteral("episode");
    query.sort = QStringLiteral("index");
    query.limit = kEpisodesAPage;
    fetchEpisodes(api, query, {}, context, {}, done);
}

bool isBegun(const MediaItem& episode) {
    return !episode.watched && episode.position > kBegunSeconds;
}

int nextEpisode(const QList<MediaItem>& episodes) {
    QList<int> order;
    for (int i = 0; i < episodes.size(); ++i)
        if (!episodes[i].broken())
            order << i;
    std::stable_partition(order.begin(), order.end(), [&](int i) { return episodes[i].season > 0; });
    const auto last = [&](auto&& holds) {
        const auto found = std::find_if(order.rbegin(), order.rend(), holds);
        return order.rend() - found - 1;  // -1: none
    };
    const auto watched = last([&](int i) { return episodes[i].watched; });
    if (const auto at = last([&](int i) { return isBegun(episodes[i]); }); at > watched)
        return order[at];
    const int next = firstAfter(order, watched, [&](int i) { return !episodes[i].watched; });
    return next >= 0 || order.isEmpty() ? next : order.first();
}

QList<MediaItem> episodesAfter(const QList<MediaItem>& episodes, const QString& id) {
    const auto at =
        std::find_if(episodes.begin(), episodes.end(), [&](const MediaItem& item) { return item.id == id; });
    return at == episodes.end() ? QList<MediaItem>() : episodes.mid(at - episodes.begin() + 1);
}

}  // namespace marea::app
