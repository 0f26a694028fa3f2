#include "app/viewmodels/searchviewmodel.h"

#include <algorithm>

namespace marea::app {
namespace {

constexpr int kTypingMs = 120;  // after the last letter the other libraries are asked, too

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
    for (auto* group : groups()) {
        group->setInPlace(true);
        connect(group, &MediaModel::stateChanged, this, &SearchViewModel::onState);
    }
}

QList<MediaModel*> SearchViewModel::groups() const {
    return {&films_, &series_, &artists_, &albums_, &tracks_};
}

void SearchViewModel::setText(const QString& text) {
    if (text == text_)
        return;
    text_ = text;
    unasked_ = true;
    typing_.start();
    if (!busy())
        ask();
    Q_EMIT changed();
}

// Letters that come while an answer is awaited are one question, once it is there.
void SearchViewModel::onState() {
    if (unasked_ && !busy())
        ask();
    Q_EMIT changed();
}

void SearchViewModel::run() {
    typing_.stop();
    if (unasked_ || failed())
        ask();
    Q_EMIT asked(text_.trimmed());
    Q_EMIT changed();
}

void SearchViewModel::ask() {
    unasked_ = false;
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
}

bool SearchViewModel::busy() const {
    const auto all = groups();
    return std::any_of(all.begin(), all.end(), [](auto* g) { return g->loading(); });
}

bool SearchViewModel::searching() const {
    return typing_.isActive() || busy();
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
