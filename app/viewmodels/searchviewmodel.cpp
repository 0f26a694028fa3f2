#include "app/viewmodels/searchviewmodel.h"

#include <algorithm>

namespace marea::app {
namespace {

constexpr int kTypingMs = 120;

MediaQuery ofKind(const char* kinds) {
    MediaQuery query;
    query.kind = QLatin1String(kinds);
    query.limit = 24;
    return query;
}

}  // namespace

SearchViewModel::SearchViewModel(ApiClient& api, QObject* parent)
    : QObject(parent),
      films_(api, ofKind("movie,video")),
      series_(api, ofKind("series,episode")),
      artists_(api, ofKind("artist")),
      albums_(api, ofKind("album,audiobook")),
      tracks_(api, ofKind("track")) {
    typing_.setSingleShot(true);
    typing_.setInterval(kTypingMs);
    connect(&typing_, &QTimer::timeout, this, &SearchViewModel::run);
    for (auto* group : groups())
        connect(group, &MediaModel::stateChanged, this, &SearchViewModel::changed);
}

QList<MediaModel*> SearchViewModel::groups() const {
    return {&films_, &series_, &artists_, &albums_, &tracks_};
}

void SearchViewModel::setText(const QString& text) {
    if (text == text_)
        return;
    text_ = text;
    typing_.start();
    Q_EMIT changed();
}

void SearchViewModel::run() {
    typing_.stop();
    const auto words = text_.trimmed();
    for (auto* group : groups()) {
        if (words.isEmpty()) {
            group->clear();
            continue;
        }
        auto query = group->query();
        query.search = words;
        group->setQuery(query);
    }
    Q_EMIT asked(words);
    Q_EMIT changed();
}

bool SearchViewModel::searching() const {
    const auto all = groups();
    return typing_.isActive() || std::any_of(all.begin(), all.end(), [](auto* g) { return g->loading(); });
}

bool SearchViewModel::nothing() const {
    const auto all = groups();
    return !text_.trimmed().isEmpty() && !searching() && !failed() &&
           std::all_of(all.begin(), all.end(), [](auto* g) { return g->count() == 0; });
}

bool SearchViewModel::failed() const {
    const auto all = groups();
    return std::all_of(all.begin(), all.end(), [](auto* g) { return g->failed(); });
}

}  // namespace marea::app
