#include "app/viewmodels/desktoplink.h"

#include <QDir>

namespace marea::app {
namespace {

const QString kLast = QStringLiteral("window/last"), kTellTracks = QStringLiteral("desktop/tell_tracks");
constexpr int kKeepAfterMs = 2000, kMostKept = 200;

}  // namespace

DesktopLink::DesktopLink(AppContext& context, Notifier& notifier, QSettings& settings, QObject* parent)
    : QObject(parent), context_(context), notifier_(notifier), settings_(settings) {
    connect(context_.session(), &SessionViewModel::signedIn, this, &DesktopLink::enter);
    connect(context_.session(), &SessionViewModel::wentOffline, this, &DesktopLink::enter);
    connect(context_.offline(), &OfflineViewModel::completed, this, [this](const QString& title) {
        if (!seen_)
            notifier_.notify(QStringLiteral("download"), tr("Downloaded"), title);
    });
    connect(context_.player(), &PlayerViewModel::entryChanged, this, &DesktopLink::onEntry);
    keepSoon_.setSingleShot(true);
    keepSoon_.setInterval(kKeepAfterMs);
    connect(&keepSoon_, &QTimer::timeout, this, &DesktopLink::keep);
    const auto soon = [this] {
        if (!keepSoon_.isActive())
            keepSoon_.start();
    };
    connect(context_.navigator(), &Navigator::moved, this, soon);
    connect(context_.player(), &PlayerViewModel::queueChanged, this, soon);
    connect(context_.player(), &PlayerViewModel::stateChanged, this, soon);
}

void DesktopLink::open(const QStringList& urls) {
    QList<QUrl> files;
    for (const auto& text : urls) {
        const auto url = QUrl::fromUserInput(text, QDir::currentPath(), QUrl::AssumeLocalFile);
        if (url.scheme() != QLatin1String("marea"))
            files << url;
        else if (url.path() == QLatin1String("pair"))
            offerToPair(text);
        else if (const auto link = mareaLink(url))
            follow(*link);
    }
    if (!files.isEmpty())
        context_.player()->openFiles(files);
    Q_EMIT raiseWanted();
}

// Where the person sees what would be paired, and says so.
void DesktopLink::offerToPair(const QString& link) {
    context_.peers()->giveLink(link);
    if (context_.session()->inside())
        context_.navigator()->go(QStringLiteral("devices"));
}

void DesktopLink::follow(const MareaLink& link) {
    if (!context_.session()->inside()) {
        waiting_ = link;
        return;
    }
    context_.openTitle(link.mediaId, link.play);
}

// Once a start, and only for whom it was. Who comes with a file or a link wants that.
void DesktopLink::enter() {
    const auto last = lastStateFrom(settings_.value(kLast).toByteArray());
    const bool theirs = !last.account.isEmpty() && last.account == context_.session()->account();
    if (!std::exchange(restored_, true) && theirs) {
        if (!last.page.isEmpty() && !waiting_ && context_.session()->state() == SessionViewModel::State::SignedIn)
            context_.navigator()->go(last.page, last.arguments);
        if (!context_.player()->loaded())
            context_.player()->restore(last.queue, last.index, last.position);
    }
    if (const auto link = std::exchange(waiting_, std::nullopt))
        follow(*link);
}

void DesktopLink::keep() {
    auto* player = context_.player();
    if (!context_.session()->inside() || !restored_)
        return;
    auto state = queueState(player->playQueue().entries(), player->playQueue().current(), kMostKept);
    state.account = context_.session()->account();
    state.page = context_.navigator()->page();
    state.arguments = context_.navigator()->arguments();
    state.position = player->position();
    settings_.setValue(kLast, toBytes(state));
}

void DesktopLink::onEntry() {
    auto* player = context_.player();
    const auto title = player->isMusic() ? player->title() : QString();
    if (std::exchange(told_, title) == title || title.isEmpty() || seen_ || !settings_.value(kTellTracks).toBool())
        return;
    notifier_.notify(QStringLiteral("track"), title, player->artist());
}

}  // namespace marea::app
