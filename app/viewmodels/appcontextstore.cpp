#include "app/viewmodels/appcontext.h"
#include "app/viewmodels/texts.h"

// The server's store among the pages: what was bought stands in the library at once.
namespace marea::app {

void AppContext::connectStore() {
    connect(&session_, &SessionViewModel::signedIn, this, [this] { store_.enter(session_.owner(), session_.here()); });
    connect(&session_, &SessionViewModel::signedOut, &store_, &StoreViewModel::clear);
    connect(&store_, &StoreViewModel::ownedChanged, this, &AppContext::onContentChanged);
    connect(&store_, &StoreViewModel::ownedChanged, &libraries_, &LibrariesViewModel::refresh);
    connect(&store_, &StoreViewModel::changed, this, [this] {
        actions_.setSells(store_.available() && store_.owner());
        Q_EMIT homeChanged();
    });
    connect(&navigator_, &Navigator::moved, this, [this] {
        if (navigator_.page() != QLatin1String("product"))
            store_.samples()->stop();
    });
}

void AppContext::playTrailer(const QString& mediaId, const QString& title) {
    playTrailerOf(QStringLiteral("/api/v1/media/%1/trailer").arg(mediaId), title);
}

void AppContext::playProductTrailer(const QString& productId, const QString& title) {
    store_.samples()->stop();
    playTrailerOf(QStringLiteral("/api/v1/store/products/%1/trailer").arg(productId), title);
}

// By a link of its own, as a file: nothing is noted of it, neither a position nor that it was watched.
void AppContext::playTrailerOf(const QString& path, const QString& title) {
    deliver(api_.json({"GET", path}), this, [this, title](const core::Result<QJsonObject>& link) {
        const QString url = link ? (*link)[QLatin1String("url")].toString() : QString();
        if (url.isEmpty())
            return notices_.warn(link ? tr("There is no trailer.") : texts::error(link.error()));
        player::PlayEntry entry;
        entry.file = api_.absolute(url);
        entry.title = tr("Trailer: %1").arg(title);
        entry.duration = (*link)[QLatin1String("duration")].toDouble();
        player_.setStart(std::nullopt);
        player_.play({entry}, 0);
    });
}

}  // namespace marea::app
