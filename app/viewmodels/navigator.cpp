#include "app/viewmodels/navigator.h"

namespace marea::app {
namespace {

constexpr qsizetype kRemembered = 100;
using L = QLatin1String;

// The sidebar's entry that a page belongs to; empty: stay under the one before.
QString sectionOf(const QString& page) {
    if (page == L("home") || page == L("films") || page == L("series") || page == L("music") ||
        page == L("playlists") || page == L("store") || page == L("downloads") || page == L("devices"))
        return page;
    if (page == L("device") || page == L("peer") || page == L("conflicts"))
        return QStringLiteral("devices");
    if (page == L("product") || page == L("purchases") || page == L("selling") || page == L("offer"))
        return QStringLiteral("store");
    if (page == L("playlist"))
        return QStringLiteral("playlists");
    if (page == L("film"))
        return QStringLiteral("films");
    if (page == L("show"))
        return QStringLiteral("series");
    if (page == L("album") || page == L("artist"))
        return QStringLiteral("music");
    return {};
}

QString pageOf(const QString& kind) {
    if (kind == L("series") || kind == L("season"))
        return QStringLiteral("show");
    if (kind == L("album") || kind == L("audiobook"))
        return QStringLiteral("album");
    if (kind == L("artist"))
        return QStringLiteral("artist");
    return QStringLiteral("film");
}

}  // namespace

Navigator::Navigator(QObject* parent) : QObject(parent) {
    places_ << Place{QStringLiteral("home"), QStringLiteral("home"), {}};
}

void Navigator::go(const QString& page, const QVariantMap& arguments) {
    if (page == this->page() && arguments == this->arguments())
        return;
    places_.resize(at_ + 1);
    const auto section = sectionOf(page);
    places_ << Place{page, section, arguments};
    if (places_.size() > kRemembered)
        places_.removeFirst();
    at_ = places_.size() - 1;
    Q_EMIT moved();
}

void Navigator::open(const QString& mediaId, const QString& kind) {
    go(pageOf(kind), {{QStringLiteral("mediaId"), mediaId}});
}

void Navigator::back() {
    if (!canGoBack())
        return;
    --at_;
    Q_EMIT moved();
}

void Navigator::forward() {
    if (!canGoForward())
        return;
    ++at_;
    Q_EMIT moved();
}

void Navigator::reset() {
    places_ = {Place{QStringLiteral("home"), QStringLiteral("home"), {}}};
    at_ = 0;
    Q_EMIT moved();
}

}  // namespace marea::app
