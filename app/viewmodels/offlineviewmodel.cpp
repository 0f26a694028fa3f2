#include "app/viewmodels/offlineviewmodel.h"

#include <algorithm>
#include <QDateTime>
#include <QStandardPaths>

#include "app/viewmodels/texts.h"

namespace marea::app {

using State = OfflineTask::State;
using L = QLatin1String;

namespace {

const QString kFolder = QStringLiteral("downloads/folder"), kLimit = QStringLiteral("downloads/limit_gb"),
              kAhead = QStringLiteral("downloads/ahead");
constexpr qint64 kGiga = 1LL << 30;
constexpr qint64 kMostAhead = 2 * kGiga;  // of what is fetched by itself
constexpr int kAheadAfterMs = 20'000;     // of playing: who only looks in fetches nothing
constexpr int kTracksAhead = 3, kEpisodesAhead = 1;

bool isRunning(const OfflineTask& task) {
    return task.state == State::Waiting || task.state == State::Preparing || task.state == State::Loading;
}

// "1080p" → mp4 of that; "opus 128" → as it says; "original".
std::pair<QString, QString> formatOf(const QString& quality) {
    if (quality == L("original"))
        return {quality, quality};
    const auto words = quality.split(QLatin1Char(' '));
    return words.size() == 2 ? std::pair(words[1], words[0]) : std::pair(quality, QStringLiteral("mp4"));
}

}  // namespace

OfflineViewModel::OfflineViewModel(ApiClient& api, SecretStore& secrets, QSettings& settings, UnsentPositions& unsent,
                                   QObject* parent)
    : QObject(parent),
      api_(api),
      settings_(settings),
      unsent_(unsent),
      reach_(api),
      changes_(api, settings, [] { return QDateTime::currentMSecsSinceEpoch(); }),
      licences_(api, secrets, [] { return QDateTime::currentMSecsSinceEpoch(); }),
      files_(api, &licences_),
      model_(files_) {
    connect(&reach_, &Reachability::changed, this, &OfflineViewModel::onReach);
    connect(&changes_, &AwayChanges::sent, this, &OfflineViewModel::changeSent);
    connect(&files_, &Downloads::completed, this,
            [this](const QString&, const QString& title) { Q_EMIT completed(title); });
    connect(&model_, &DownloadsModel::changed, this, [this] {
        ++revision_;
        Q_EMIT changed();
    });
    aheadTimer_.setSingleShot(true);
    aheadTimer_.setInterval(kAheadAfterMs);
    connect(&aheadTimer_, &QTimer::timeout, this, &OfflineViewModel::fetchAhead);
    files_.setLimit(limit() * kGiga);
}

QString OfflineViewModel::root() const {
    return settings_
        .value(kFolder,
               QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/downloads"))
        .toString();
}

bool OfflineViewModel::hasTitlesOf(const QString& account) const {
    const auto tasks = account.isEmpty() ? QList<OfflineTask>() : OfflineStore(root(), account).load();
    return std::any_of(tasks.begin(), tasks.end(), [](const auto& task) { return task.done(); });
}

void OfflineViewModel::enter(const QString& account, bool signedIn) {
    signedIn_ = signedIn;
    watched_ = true;
    changes_.setAccount(account);
    reach_.watch(signedIn);
    if (std::exchange(account_, account) != account)
        files_.open(root(), account);
    follow();
}

void OfflineViewModel::leave() {
    watched_ = signedIn_ = false;
    account_.clear();
    aheadTimer_.stop();
    reach_.watch(false);
    changes_.setAccount({});
    files_.setOnline(false);
    files_.open(root(), {});
    Q_EMIT reachChanged();
}

void OfflineViewModel::follow() {
    model_.setReachable(reachable());
    files_.setOnline(reachable());
    Q_EMIT reachChanged();
    if (reachable())
        changes_.send();
}

void OfflineViewModel::onReach() {
    if (!watched_)
        return;
    follow();
    if (reachable())
        Q_EMIT cameBack();
}

void OfflineViewModel::tryAgain() {
    if (signedIn_)
        reach_.ask();
    else
        Q_EMIT wantsServer();
}

// What was played without the server is newer than what the server told.
std::optional<OfflineTitle> OfflineViewModel::kept(const QString& mediaId) const {
    auto title = files_.title(mediaId);
    if (!title)
        return title;
    for (const auto& unsent : unsent_.of(account_))
        if (unsent.mediaId == mediaId)
            title->position = unsent.position;
    if (const auto change = changes_.of(mediaId)) {
        title->position = change->position.value_or(change->watched ? 0 : title->position);
        title->item.watched = change->watched.value_or(title->item.watched);
        title->item.favourite = change->favourite.value_or(title->item.favourite);
    }
    title->item.position = title->position;
    if (title->sealed && title->secret.isEmpty())
        title->problem = app::statusOf(*files_.find(mediaId), reachable());
    return title;
}

int OfflineViewModel::running() const {
    const auto& tasks = files_.tasks();
    return static_cast<int>(std::count_if(tasks.begin(), tasks.end(), isRunning));
}

double OfflineViewModel::progress() const {
    double had = 0, all = 0;
    for (const auto& task : files_.tasks()) {
        if (!isRunning(task) || task.size <= 0)
            continue;
        had += static_cast<double>(task.received);
        all += static_cast<double>(task.size);
    }
    return all > 0 ? had / all : 0;
}

QString OfflineViewModel::usedText() const {
    const auto room = files_.room();
    return room.limit > 0 ? tr("%1 of %2 used").arg(sizeText(room.used), sizeText(room.limit))
                          : tr("%1 used, %2 free on the disk").arg(sizeText(room.used), sizeText(room.diskFree));
}

double OfflineViewModel::usedShare() const {
    const auto room = files_.room();
    const auto whole = static_cast<double>(room.limit > 0 ? room.limit : room.used + room.diskFree);
    return whole > 0 ? std::min(1.0, static_cast<double>(room.used) / whole) : 0;
}

int OfflineViewModel::limit() const {
    return std::max(0, settings_.value(kLimit, 0).toInt());
}

void OfflineViewModel::setLimit(int gigabytes) {
    settings_.setValue(kLimit, gigabytes);
    files_.setLimit(limit() * kGiga);
    Q_EMIT settingsChanged();
    Q_EMIT changed();
}

QVariantList OfflineViewModel::limits() const {
    QVariantList list;
    for (const int gigabytes : {0, 5, 20, 50, 200})
        list << QVariantMap{{L("value"), gigabytes},
                            {L("text"), gigabytes == 0 ? tr("No limit") : tr("%1 GB").arg(gigabytes)}};
    return list;
}

bool OfflineViewModel::ahead() const {
    return settings_.value(kAhead, true).toBool();
}

void OfflineViewModel::setAhead(bool on) {
    settings_.setValue(kAhead, on);
    if (!on)
        aheadTimer_.stop();
    Q_EMIT settingsChanged();
}

QVariantList OfflineViewModel::qualities(bool music) const {
    const auto choice = [](const char* value, const QString& text, const QString& detail) {
        return QVariantMap{{L("value"), L(value)}, {L("text"), text}, {L("detail"), detail}};
    };
    const auto original = choice("original", tr("Original"), tr("As it is"));
    if (music)
        return {original, choice("opus 128", tr("Small"), QStringLiteral("Opus 128")),
                choice("m4a 256", tr("For every player"), QStringLiteral("AAC 256"))};
    return {original, choice("1080p", QStringLiteral("1080p"), QStringLiteral("MP4")),
            choice("720p", QStringLiteral("720p"), QStringLiteral("MP4")),
            choice("480p", QStringLiteral("480p"), QStringLiteral("MP4"))};
}

void OfflineViewModel::download(ItemViewModel* item, const QString& quality) {
    if (!item || item->item().id.isEmpty())
        return;
    const auto [size, format] = formatOf(quality);
    files_.add({item->item(), size, format, false});
}

void OfflineViewModel::downloadAll(MediaModel* list, const QString& quality) {
    const auto [size, format] = formatOf(quality);
    for (const auto& item : list ? list->items() : QList<MediaItem>())
        if (!item.broken())
            files_.add({item, size, format, false});
}

QString OfflineViewModel::stateOf(const QString& mediaId) const {
    const auto* task = files_.find(mediaId);
    return task ? toJson(*task)[L("state")].toString() : QString();
}

double OfflineViewModel::shareOf(const QString& mediaId) const {
    const auto* task = files_.find(mediaId);
    return task ? progressOf(*task) : -1;
}

QString OfflineViewModel::statusOf(const QString& mediaId) const {
    const auto* task = files_.find(mediaId);
    return task ? app::statusOf(*task, reachable()) : QString();
}

void OfflineViewModel::playing(const QString& mediaId, const QList<MediaItem>& next) {
    next_ = next;
    if (std::exchange(playing_, mediaId) == mediaId)
        return;
    files_.used(mediaId);
    if (!mediaId.isEmpty() && ahead())
        aheadTimer_.start();
    else
        aheadTimer_.stop();
}

// Of the queue what is music; of a series the episode that follows.
void OfflineViewModel::fetchAhead() {
    if (!reachable() || !ahead() || playing_.isEmpty())
        return;
    files_.trimAhead(kMostAhead);
    if (!next_.isEmpty())
        return addAhead(next_.mid(0, kTracksAhead));
    deliver(api_.item(playing_), this, [this](const core::Result<MediaItem>& item) {
        if (!item || item->seasonId.isEmpty())
            return;
        MediaQuery query;
        query.parent = item->seasonId;
        query.sort = QStringLiteral("index");
        query.limit = 200;
        deliver(api_.media(query, {}), this, [this, id = item->id](const core::Result<MediaPage>& page) {
            if (page)
                addAhead(toFetchAhead(page->items, id, kEpisodesAhead, files_.tasks()));
        });
    });
}

void OfflineViewModel::addAhead(const QList<MediaItem>& items) {
    for (const auto& item : items)
        if (!files_.find(item.id))
            files_.add({item, QStringLiteral("original"), QStringLiteral("original"), true});
}

void OfflineViewModel::retranslate() {
    model_.retranslate();
    Q_EMIT settingsChanged();
}

}  // namespace marea::app
