#include "app/viewmodels/playlistsmodel.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

#include "app/api/calls.h"
#include "app/viewmodels/texts.h"
#include "app/viewmodels/titleref.h"

namespace marea::app {
namespace {

using core::Result;
using L = QLatin1String;

constexpr int kSoonMs = 200;
constexpr qint64 kMostBytes = 4 << 20;  // of a file that is imported; the server's limit

QString shareText(const PlaylistInfo& list) {
    if (list.visibility == L("public"))
        return PlaylistsModel::tr("public");
    return list.visibility == L("collaborative") ? PlaylistsModel::tr("others may add") : QString();
}

QMap<QString, QStringList> byPlace(const QStringList& media) {
    QMap<QString, QStringList> places;
    for (const auto& one : media) {
        const auto ref = titleRef(one);
        places[ref.place] << ref.id;
    }
    return places;
}

QJsonObject wishFor(const QString& name, const QStringList& media) {
    QJsonObject wish{{L("name"), name.trimmed()}};
    if (!media.isEmpty())
        wish[L("media_ids")] = QJsonArray::fromStringList(media);
    return wish;
}

core::Error goneError() {
    return {core::ErrorCode::NotFound, "no such library or playlist", {}};
}

// One's own of that name before one that others share; what cannot be added to is none, and without an id it is made.
PlaylistInfo targetIn(const QList<PlaylistInfo>& lists, const QString& name) {
    PlaylistInfo target;
    target.name = name;
    for (const auto& list : lists)
        if (list.name == name && list.editable && !list.smart && (target.id.isEmpty() || (list.own && !target.own)))
            target = list;
    return target;
}

}  // namespace

PlaylistsModel::PlaylistsModel(ApiClient& api, EventChannel& channel, Notices& notices, QObject* parent)
    : ServerList(parent), api_(api), playlists_(api), notices_(notices) {
    soon_.setSingleShot(true);
    soon_.setInterval(kSoonMs);
    connect(&soon_, &QTimer::timeout, this, &PlaylistsModel::reload);
    connect(&channel, &EventChannel::message, this, &PlaylistsModel::onMessage);
    connect(&channel, &EventChannel::outdated, this, [this] {
        outdateCovers({});
        soon_.start();
    });
    connect(this, &PlaylistsModel::touched, this, &PlaylistsModel::outdateCovers);
}

QHash<int, QByteArray> PlaylistsModel::roleNames() const {
    return {{IdRole, "playlistId"}, {NameRole, "name"},         {DetailRole, "detail"}, {SmartRole, "smart"},
            {OwnRole, "own"},       {EditableRole, "editable"}, {SharedRole, "shared"}};
}

QString PlaylistsModel::detail(const PlaylistInfo& list) const {
    QStringList parts;
    parts << (list.smart ? tr("Smart playlist") : tr("%n title(s)", nullptr, std::max(0, list.entries)));
    if (!list.own)
        parts << tr("by %1").arg(list.owner);
    if (const auto shared = shareText(list); !shared.isEmpty() && list.own)
        parts << shared;
    return parts.join(QStringLiteral(" · "));
}

QVariant PlaylistsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= count())
        return {};
    const auto& list = lists_[index.row()];
    switch (role) {
        case IdRole:
            return list.id;
        case NameRole:
            return list.name;
        case DetailRole:
            return detail(list);
        case SmartRole:
            return list.smart;
        case OwnRole:
            return list.own;
        case EditableRole:
            return list.editable && !list.smart;
        case SharedRole:
            return list.visibility != L("private");
        default:
            return {};
    }
}

QVariantList PlaylistsModel::targets() const {
    QVariantList targets;
    for (const auto& list : lists_)
        if (list.editable && !list.smart)
            targets << QVariantMap{{L("text"), list.name}, {L("detail"), detail(list)}, {L("value"), list.id}};
    return targets;
}

void PlaylistsModel::ensure() {
    if (!loaded() && !loading())
        reload();
}

void PlaylistsModel::reload() {
    soon_.stop();
    deliver(playlists_.all(), this, [this, asked = begin()](const Result<QList<PlaylistInfo>>& lists) {
        if (!isWanted(asked))
            return;
        if (!lists)
            return fail(lists.error());
        take(*lists);
        succeed();
        refreshCovers();
    });
}

void PlaylistsModel::take(const QList<PlaylistInfo>& lists) {
    const bool sameRows = std::equal(lists.begin(), lists.end(), lists_.begin(), lists_.end(),
                                     [](const auto& a, const auto& b) { return a.id == b.id; });
    if (sameRows) {
        lists_ = lists;
        return tellAllRows();
    }
    beginResetModel();
    lists_ = lists;
    endResetModel();
}

void PlaylistsModel::clear() {
    beginResetModel();
    lists_.clear();
    endResetModel();
    forgetCovers();
    forget();
}

void PlaylistsModel::retranslate() {
    tellAllRows();
    Q_EMIT changed();
}

void PlaylistsModel::onMessage(const QJsonObject& message) {
    if (message[L("type")].toString() != L("library"))
        return;
    const auto event = message[L("event")].toObject();
    const QString id = event[L("playlist_id")].toString();
    const bool undone = event[L("type")].toString() == L("HISTORY_UNDONE");
    if (id.isEmpty() && !undone)
        return;
    if (loaded())
        soon_.start();
    Q_EMIT touched(id);
}

QString PlaylistsModel::nameOf(const QString& id) const {
    for (const auto& list : lists_)
        if (list.id == id)
            return list.name;
    return {};
}

void PlaylistsModel::onCreated(const Result<PlaylistInfo>& list) {
    if (!list) {
        Q_EMIT refused(texts::error(list.error()));
        return;
    }
    reload();
    Q_EMIT created(list->id);
}

void PlaylistsModel::create(const QString& name, const QStringList& media) {
    const auto places = byPlace(media);
    deliver(playlists_.create(wishFor(name, places.value({}))), this,
            [this, places, name](const Result<PlaylistInfo>& list) {
                const bool others = places.size() > (places.contains({}) ? 1 : 0);
                if (!list && others && cannotBeReached(list.error()))
                    return createThere(name.trimmed(), places, list.error());
                onCreated(list);
                if (list)
                    addThere(list->name, places, std::make_shared<Sentences>());
            });
}

// Without the library in use, the others' titles go where they would have gone all the same.
void PlaylistsModel::createThere(const QString& name, const Places& media, const core::Error& here) {
    const auto said = std::make_shared<Sentences>();
    sayFailed(said, name, elsewhere_ ? elsewhere_->nameHere() : QString(), here);
    addThere(name, media, said);
    Q_EMIT created({});
}

void PlaylistsModel::createSmart(const QString& name, const QVariantMap& rules) {
    const QJsonObject wish{{L("name"), name.trimmed()}, {L("rules"), QJsonObject::fromVariantMap(rules)}};
    deliver(playlists_.create(wish), this, [this](const Result<PlaylistInfo>& list) { onCreated(list); });
}

void PlaylistsModel::add(const QString& id, const QStringList& media) {
    const auto places = byPlace(media);
    const auto said = std::make_shared<Sentences>();
    addThere(nameOf(id), places, said);
    const auto here = places.value({});
    if (here.isEmpty())
        return;
    const auto answer = [this, id, said, name = nameOf(id), count = here.size(),
                         alone = places.size() == 1](const Result<bool>& added) {
        if (!added && !alone && elsewhere_)
            return sayFailed(said, name, elsewhere_->nameHere(), added.error());
        if (!added) {
            said->failed << texts::error(added.error());
            return say(said);
        }
        said->done << tr("%n title(s) added to “%1”.", nullptr, static_cast<int>(count)).arg(name);
        say(said);
        reload();
        Q_EMIT touched(id);
    };
    deliver(playlists_.add(id, here), this, answer);
}

// What one library took and what another refused stand beside each other, in whatever order they answer.
void PlaylistsModel::say(const Said& said) {
    const QString text = (said->done + said->failed).join(QLatin1Char(' '));
    said->failed.isEmpty() ? notices_.tell(text) : notices_.warn(text);
}

void PlaylistsModel::sayFailed(const Said& said, const QString& name, const QString& place, const core::Error& error) {
    said->failed << tr("Nothing was added to “%1” at %2: %3").arg(name, place, texts::error(error));
    say(said);
}

void PlaylistsModel::addThere(const QString& name, const Places& media, const Said& said) {
    for (auto it = media.begin(); it != media.end(); ++it) {
        if (it.key().isEmpty())
            continue;
        auto* library = elsewhere_ ? elsewhere_->at(it.key()) : nullptr;
        const QString place = library ? library->name() : it.key();
        if (!library || name.isEmpty()) {
            sayFailed(said, name, place, goneError());
            continue;
        }
        const auto add = [this, name, place, library = QPointer(library), ids = it.value(),
                          said](const Result<QList<PlaylistInfo>>& lists) {
            if (!lists || !library)
                return sayFailed(said, name, place, lists ? goneError() : lists.error());
            addTo(library, targetIn(*lists, name), ids, said);
        };
        library->ask<QList<PlaylistInfo>>([](ApiClient& api) { return PlaylistApi(api).all(); }, this, add);
    }
}

// Without an id it is made.
void PlaylistsModel::addTo(LibraryElsewhere* library, const PlaylistInfo& list, const QStringList& ids,
                           const Said& said) {
    const auto question = [list, ids](ApiClient& api) {
        return list.id.isEmpty() ? done(PlaylistApi(api).create(wishFor(list.name, ids)))
                                 : PlaylistApi(api).add(list.id, ids);
    };
    library->ask<bool>(
        question, this, [this, said, ids, name = list.name, place = library->name()](const Result<bool>& added) {
            if (!added)
                return sayFailed(said, name, place, added.error());
            said->done
                << tr("%n title(s) added to “%1” at %2.", nullptr, static_cast<int>(ids.size())).arg(name, place);
            say(said);
        });
}

void PlaylistsModel::importFile(const QUrl& file) {
    QFile source(file.toLocalFile());
    if (!source.open(QIODevice::ReadOnly))
        return notices_.warn(tr("Couldn't read %1.").arg(QFileInfo(source).fileName()));
    if (source.size() > kMostBytes)
        return notices_.warn(tr("%1 is too large to be a playlist.").arg(QFileInfo(source).fileName()));
    const QString name = QFileInfo(source).completeBaseName();
    deliver(playlists_.import(name, QString::fromUtf8(source.readAll())), this,
            [this](const Result<ImportedPlaylist>& imported) {
                if (!imported)
                    return notices_.warn(texts::error(imported.error()));
                reload();
                Q_EMIT created(imported->playlist.id);
                Q_EMIT fileImported(imported->playlist.id);
                if (imported->unmatched.isEmpty())
                    return notices_.tell(tr("%n title(s) imported.", nullptr, imported->matched));
                notices_.warn(tr("%n title(s) imported; not in the library: %1.", nullptr, imported->matched)
                                  .arg(imported->unmatched.mid(0, 3).join(QStringLiteral(", ")) +
                                       (imported->unmatched.size() > 3 ? QStringLiteral(" …") : QString())));
            });
}

void PlaylistsModel::remove(const QString& id) {
    const QString name = nameOf(id);
    deliver(playlists_.remove(id), this, [this, id, name](const Result<bool>& gone) {
        if (!gone)
            return notices_.warn(texts::error(gone.error()));
        reload();
        Q_EMIT removed(id);
        notices_.tell(tr("“%1” was deleted.").arg(name), tr("Undo"), [this, id, name] { restore(id, name); });
    });
}

void PlaylistsModel::restore(const QString& id, const QString& name) {
    deliver(playlists_.restore(id), this, [this, name](const Result<bool>& back) {
        if (!back)
            return notices_.warn(texts::error(back.error()));
        notices_.tell(tr("“%1” is back.").arg(name));
        reload();
    });
}

}  // namespace marea::app
