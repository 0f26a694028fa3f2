#include "app/viewmodels/elsewhere.h"

#include <algorithm>
#include <QLocale>
#include <QQmlEngine>
#include <QSettings>

#include "app/viewmodels/knownservers.h"
#include "app/viewmodels/sametitle.h"
#include "app/viewmodels/sessionviewmodel.h"

namespace marea::app {
namespace {

using L = QLatin1String;

const QString kOnce = QStringLiteral("elsewhere/once");
constexpr qsizetype kMostServers = 5;  // the latest

MediaQuery listOf(const char* kinds) {
    MediaQuery query;
    query.kind = QLatin1String(kinds);
    query.limit = 24;
    return query;
}

MediaQuery newest() {
    auto query = listOf("movie,video,series,album,audiobook");
    query.sort = QStringLiteral("added");
    query.order = QStringLiteral("desc");
    return query;
}

}  // namespace

bool cannotBeReached(const core::Error& error) {
    return error.code == core::ErrorCode::Unavailable || error.code == core::ErrorCode::Timeout;
}

bool isMissed(const core::Error& error) {
    return error.code != core::ErrorCode::Unauthorized && error.code != core::ErrorCode::Invalid;
}

LibraryElsewhere::LibraryElsewhere(std::unique_ptr<ApiClient> api, QString address, QString name, Enter enter)
    : api_(std::move(api)),
      address_(std::move(address)),
      name_(std::move(name)),
      enter_(std::move(enter)),
      found_(*api_, listOf("movie,video,series,episode,artist,album,audiobook,track")),
      recent_(*api_, newest()) {
    connect(api_.get(), &ApiClient::signedOut, this, [this] { inside_ = false; });
}

void LibraryElsewhere::whenInside(std::function<void()> work, std::function<void(const core::Error&)> otherwise) {
    if (inside_)
        return work();
    deliver(enter_(), this, [this, work, otherwise](const core::Result<LibraryEntrance>& way) {
        if (!way)
            return otherwise(way.error());
        if (!std::exchange(inside_, true)) {
            api_->setServer(way->server);
            api_->setTokens(way->tokens);
        }
        work();
    });
}

void LibraryElsewhere::search(const QString& words) {
    const int search = ++search_;
    if (words.isEmpty())
        return found_.clear();
    const auto ask = [this, words, search] {
        if (search != search_)
            return;
        auto query = found_.query();
        query.search = words;
        found_.setQuery(query);
    };
    whenInside(ask, [this, search](const core::Error& error) {
        if (search != search_)
            return;
        found_.clear();
        found_.fail(error);
    });
}

// By its name: words that a search would correct find others, which are not the same.
void LibraryElsewhere::look(const MediaItem& title, std::function<void(const std::optional<MediaItem>&)> done) {
    const auto ask = [this, title, done] {
        auto query = listOf(title.kind == L("movie") || title.kind == L("video") ? "movie,video" : "");
        if (query.kind.isEmpty())
            query.kind = title.kind;
        query.search = title.title;
        deliver(api_->media(query, {}), this, [title, done](const core::Result<MediaPage>& page) {
            for (const auto& item : page ? page->items : QList<MediaItem>())
                if (!item.broken() && sameTitle(title, item))
                    return done(item);
            done(std::nullopt);
        });
    };
    whenInside(ask, [done](const core::Error&) { done(std::nullopt); });
}

QString LibraryElsewhere::name() const {
    return address_ == kThisComputer ? SessionViewModel::tr("This computer") : name_;
}

std::function<MediaPage(MediaPage)> LibraryElsewhere::whereItIs() const {
    return [address = address_, name = name()](MediaPage page) {
        for (auto& item : page.items) {
            item.place = address;
            item.placeName = name;
        }
        return page;
    };
}

void LibraryElsewhere::list(const MediaQuery& query, const QString& cursor,
                            std::function<void(const core::Result<MediaPage>&)> done) {
    const auto say = [this, done](const core::Result<MediaPage>& page) { done(page.map(whereItIs())); };
    ask<MediaPage>([query, cursor](ApiClient& api) { return api.media(query, cursor); }, this, say);
}

Nearness LibraryElsewhere::nearness() const {
    return address_ == kThisComputer ? Nearness::Here : nearnessOf(serverUrl(address_));
}

void LibraryElsewhere::reload() {
    whenInside([this] { recent_.reload(); }, [this](const core::Error& error) { recent_.fail(error); });
}

Elsewhere::Elsewhere(ApiClient& api, SecretStore& secrets, QSettings& settings, OwnLibrary* own, QObject* parent)
    : QObject(parent), api_(api), secrets_(secrets), settings_(settings), own_(own) {}

Elsewhere::~Elsewhere() = default;

QList<QObject*> Elsewhere::places() const {
    QList<QObject*> list;
    for (const auto& place : places_)
        list << place.get();
    return list;
}

LibraryElsewhere* Elsewhere::at(const QString& address) const {
    const auto found =
        std::find_if(places_.begin(), places_.end(), [&](const auto& place) { return place->address() == address; });
    return found == places_.end() ? nullptr : found->get();
}

bool Elsewhere::any() const {
    return std::any_of(places_.begin(), places_.end(), [](const auto& place) { return place->found()->count() > 0; });
}

bool Elsewhere::once() const {
    return settings_.value(kOnce, true).toBool();
}

void Elsewhere::setOnce(bool once) {
    settings_.setValue(kOnce, once);
    Q_EMIT onceChanged();
    Q_EMIT changed();
}

QStringList Elsewhere::missing(List list) const {
    QStringList addresses;
    for (const auto& place : places_)
        if (const auto* titles = (place.get()->*list)(); titles->failed() && isMissed(titles->error()))
            addresses << place->address();
    return addresses;
}

bool Elsewhere::answers(List list) const {
    return std::any_of(places_.begin(), places_.end(),
                       [list](const auto& place) { return !(place.get()->*list)()->failed(); });
}

QString Elsewhere::namesOf(const QStringList& addresses) const {
    QStringList names;
    for (const auto& address : addresses) {
        const auto* place = at(address);
        if (address.isEmpty() || place)
            names << (place ? place->name() : nameHere_);
    }
    return QLocale().createSeparatedList(names);
}

void Elsewhere::setHere(const QString& address) {
    auto before = std::move(places_);
    places_.clear();
    here_.clear();
    if (!address.isEmpty()) {
        const bool used = settings_.value(QStringLiteral("computer/used")).toBool();
        if (own_ && used && address != kThisComputer)
            add(kThisComputer, SessionViewModel::tr("This computer"), [own = own_] { return own->enter(); });
        addServers(address);
    }
    Q_EMIT placesChanged();
    Q_EMIT changed();
    for (auto& place : before)  // pages may still look at them
        place.release()->deleteLater();
}

void Elsewhere::addServers(const QString& here) {
    for (const auto& server : KnownServers(settings_).all().mid(0, kMostServers)) {
        const auto url = serverUrl(server.address);
        if (url.isEmpty() || url == serverUrl(here))
            continue;
        add(server.address, server.name.isEmpty() ? url.host() : server.name, [this, url] {
            return secrets_.read(refreshTokenKey(url)).then([url](const core::Result<QString>& token) {
                return token ? core::Result<LibraryEntrance>(LibraryEntrance{url, {{}, *token, 0}})
                             : core::fail(core::ErrorCode::Unauthorized, {}, token.error().detail);
            });
        });
        auto* place = places_.back().get();
        connect(&place->api(), &ApiClient::tokensChanged, this,
                [this, url](const QString& refresh) { secrets_.write(refreshTokenKey(url), refresh); });
    }
}

void Elsewhere::add(const QString& address, const QString& name, LibraryElsewhere::Enter enter) {
    places_.push_back(std::make_unique<LibraryElsewhere>(api_.beside(), address, name, std::move(enter)));
    QQmlEngine::setObjectOwnership(places_.back().get(), QQmlEngine::CppOwnership);
    connect(&places_.back()->api(), &ApiClient::userChanged, this,
            [this, address](const QString& id, const UserChange& change) { Q_EMIT userChanged(address, id, change); });
    connect(places_.back()->found(), &MediaModel::stateChanged, this, &Elsewhere::onChanged);
    connect(places_.back()->found(), &MediaModel::countChanged, this, &Elsewhere::onChanged);
    connect(places_.back()->recent(), &MediaModel::stateChanged, this, &Elsewhere::recentChanged);
}

void Elsewhere::search(const QString& words) {
    here_.clear();
    for (const auto& place : places_)
        place->search(words);
}

void Elsewhere::reload() {
    for (const auto& place : places_)
        place->reload();
}

void Elsewhere::leaveOut(const QList<MediaItem>& here) {
    here_ = here;
    onChanged();
}

void Elsewhere::onChanged() {
    if (leavingOut_)
        return;
    leavingOut_ = true;
    auto shown = here_;
    for (const auto& place : places_) {
        for (int row = place->found()->count(); once() && row-- > 0;)
            if (isAmong(place->found()->items()[row], shown))
                place->found()->takeRow(row);
        shown << place->found()->items();
    }
    leavingOut_ = false;
    Q_EMIT changed();
}

}  // namespace marea::app
