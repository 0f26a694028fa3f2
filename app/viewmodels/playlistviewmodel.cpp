#include "app/viewmodels/playlistviewmodel.h"

#include <QFileInfo>
#include <QSaveFile>
#include <QUrl>

#include "app/viewmodels/playlistcovers.h"
#include "app/viewmodels/texts.h"

namespace marea::app {
namespace {

using core::ErrorCode;
using core::Result;
using L = QLatin1String;

MediaQuery entriesOf(const QString& id) {
    MediaQuery query;
    query.playlist = id;
    query.limit = 200;
    return query;
}

}  // namespace

PlaylistViewModel::PlaylistViewModel(ApiClient& api, Notices& notices, QString id, QObject* parent)
    : QObject(parent), api_(api), notices_(notices), id_(std::move(id)), entries_(api, entriesOf(id_)) {
    connect(&entries_, &MediaModel::countChanged, this, &PlaylistViewModel::changed);
    reload();
}

QString PlaylistViewModel::facts() const {
    QStringList parts;
    const int count = list_.smart ? entries_.count() : std::max(list_.entries, 0);
    if (!list_.smart || entries_.loaded())
        parts << tr("%n title(s)", nullptr, count);
    if (!list_.own && !list_.owner.isEmpty())
        parts << tr("by %1").arg(list_.owner);
    if (list_.own && list_.visibility == L("public"))
        parts << tr("others can see it");
    if (list_.own && list_.visibility == L("collaborative"))
        parts << tr("others can add to it");
    return parts.join(QStringLiteral(" · "));
}

QStringList PlaylistViewModel::covers() const {
    return coversOf(entries_.items());
}

void PlaylistViewModel::reload() {
    loading_ = true;
    Q_EMIT changed();
    deliver(api_.one(id_), this, [this](const Result<PlaylistInfo>& list) {
        loading_ = false;
        failed_ = !list;
        if (list)
            list_ = *list;
        else
            error_ = texts::error(list.error());
        Q_EMIT changed();
    });
    entries_.reload();
}

void PlaylistViewModel::change(const QVariantMap& change) {
    conflict_.clear();
    Q_EMIT changed();
    deliver(api_.change(id_, QJsonObject::fromVariantMap(change), list_.tag), this,
            [this](const Result<PlaylistInfo>& list) { onChanged(list); });
}

void PlaylistViewModel::onChanged(const Result<PlaylistInfo>& list) {
    if (!list) {
        const bool stale = list.error().code == ErrorCode::Conflict;
        conflict_ = stale ? tr("It was changed elsewhere in the meantime. What you entered is still here: look at the "
                               "list as it is now, then save again.")
                          : texts::error(list.error());
        reload();
        return;
    }
    list_ = *list;
    Q_EMIT changed();
    Q_EMIT saved();
    if (list_.smart)
        entries_.reload();
}

// "" at the start.
QString PlaylistViewModel::entryBefore(int row) const {
    return row > 0 && row <= entries_.count() ? entries_.items()[row - 1].entryId : QString();
}

void PlaylistViewModel::move(int from, int to) {
    if (!editable() || from == to || from < 0 || to < 0 || from >= entries_.count() || to >= entries_.count())
        return;
    const QString entry = entries_.items()[from].entryId;
    entries_.moveRow(from, to);
    deliver(api_.move(id_, entry, entryBefore(to)), this, [this](const Result<bool>& done) { onEntriesChanged(done); });
}

void PlaylistViewModel::onEntriesChanged(const Result<bool>& done) {
    if (!done)
        notices_.warn(tr("“%1” was changed elsewhere in the meantime. This is how it is now.").arg(list_.name));
    reload();
}

void PlaylistViewModel::removeAt(int row) {
    if (!editable() || row < 0 || row >= entries_.count())
        return;
    const MediaItem item = entries_.items()[row];
    const QString after = entryBefore(row);
    entries_.takeRow(row);
    deliver(api_.removeEntry(id_, item.entryId), this, [this, item, after](const Result<bool>& done) {
        // Somebody else was faster: it is gone, which is what was wanted.
        if (done || done.error().code == ErrorCode::NotFound)
            notices_.tell(tr("“%1” was removed.").arg(item.title), tr("Undo"),
                          [self = QPointer<PlaylistViewModel>(this), id = item.id, after] {
                              if (self)
                                  self->putBack(id, after);
                          });
        else
            notices_.warn(texts::error(done.error()));
        reload();
    });
}

// At its place; where what was before it is gone too, at the end.
void PlaylistViewModel::putBack(const QString& mediaId, const QString& after) {
    deliver(api_.add(id_, {mediaId}, after), this, [this, mediaId](const Result<bool>& done) {
        if (done)
            return reload();
        deliver(api_.add(id_, {mediaId}), this, [this](const Result<bool>& atEnd) {
            if (!atEnd)
                notices_.warn(texts::error(atEnd.error()));
            reload();
        });
    });
}

int PlaylistViewModel::rowOfEntry(const QString& entryId) const {
    const auto& items = entries_.items();
    for (int i = 0; i < items.size(); ++i)
        if (items[i].entryId == entryId)
            return i;
    return -1;
}

void PlaylistViewModel::exportTo(const QUrl& file) {
    const QString path = file.toLocalFile();
    const bool xspf = path.endsWith(L(".xspf"), Qt::CaseInsensitive);
    deliver(api_.exported(id_, xspf ? L("xspf") : L("m3u8")), this, [this, path](const Result<QByteArray>& content) {
        if (!content)
            return notices_.warn(texts::error(content.error()));
        QSaveFile target(path);
        const bool written =
            target.open(QIODevice::WriteOnly) && target.write(*content) == content->size() && target.commit();
        const QString name = QFileInfo(path).fileName();
        written ? notices_.tell(tr("Saved as %1.").arg(name)) : notices_.warn(tr("Couldn't write %1.").arg(name));
    });
}

void PlaylistViewModel::retranslate() {
    entries_.retranslate();
    Q_EMIT changed();
}

}  // namespace marea::app
