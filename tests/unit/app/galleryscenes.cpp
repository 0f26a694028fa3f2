#include "tests/unit/app/galleryscenes.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QQuickItem>
#include <QTest>

#include "app/offline/offlinestore.h"
#include "app/offline/partfile.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

constexpr qint64 kOneDay = 24LL * 3600 * 1000;

QJsonObject side(const QJsonValue& value, const char* device, qint64 daysAgo) {
    return {{L("value"), value},
            {L("device"), QJsonObject{{L("name"), L(device)}, {L("server"), false}}},
            {L("at"), static_cast<double>(QDateTime::currentMSecsSinceEpoch() - daysAgo * kOneDay)}};
}

QJsonObject conflict(const QString& title, const char* cell, bool asks, const QJsonArray& sides) {
    return {{L("id"), title + L(cell)}, {L("kind"), L("item")}, {L("record_id"), title},
            {L("cell"), L(cell)},       {L("shown"), 0},        {L("asks"), asks},
            {L("sides"), sides}};
}

OfflineTask task(const QString& id, const char* title, const char* subtitle, OfflineTask::State state) {
    OfflineTask made;
    made.mediaId = id;
    made.kind = L("movie");
    made.title = QString::fromUtf8(title);
    made.subtitle = L(subtitle);
    made.state = state;
    made.size = 1'900'000'000;
    made.addedAt = QDateTime::currentMSecsSinceEpoch();
    return made;
}

QQuickWindow* otherWindow(const QQuickWindow* than) {
    for (auto* window : QGuiApplication::topLevelWindows())
        if (auto* quick = qobject_cast<QQuickWindow*>(window); quick && quick != than && quick->isVisible())
            return quick;
    return nullptr;
}

}  // namespace

GalleryScenes::GalleryScenes(Stage stage, QQuickWindow* window, QStringList films, QString album)
    : stage_(std::move(stage)),
      window_(window),
      films_(std::move(films)),
      album_(std::move(album)),
      host_(stage_.api, {stage_.folder + L("/peers"), QStringLiteral("Marina's desk"), QStringLiteral("127.0.0.1")}),
      finder_([] { return std::unique_ptr<sync::Discovery>(); }) {}

GalleryScenes::~GalleryScenes() {
    (void)host_.shutDown(std::chrono::seconds(20));
}

void GalleryScenes::go(const char* page, const QVariantMap& arguments) {
    stage_.context.navigator()->go(L(page), arguments);
    stage_.settle();
}

QQuickItem* GalleryScenes::find(const char* property, QQuickItem* below) {
    for (auto* child : (below ? below : window_->contentItem())->childItems()) {
        if (!child->isVisible())
            continue;
        if (child->property(property).isValid() || child->objectName() == L(property))
            return child;
        if (auto* found = find(property, child))
            return found;
    }
    return nullptr;
}

void GalleryScenes::prepare() {
    const QJsonArray items{
        conflict(films_.value(0), "rating", true, {side(8, "Desk", 1), side(4, "Marina's laptop", 2)}),
        conflict(films_.value(1), "favourite", false, {side(true, "Pixel 8", 3), side(false, "Desk", 9)})};
    stage_.http.answers[L("/api/v1/sync/conflicts")] = QJsonDocument(QJsonObject{{L("items"), items}}).toJson();
    stage_.context.conflicts()->reload();
    const auto now = static_cast<double>(QDateTime::currentMSecsSinceEpoch());
    const QJsonArray past{QJsonObject{{L("at"), now - 7.2e6}, {L("sent"), 3}, {L("received"), 12}, {L("by_us"), true}},
                          QJsonObject{{L("at"), now - 2.0 * kOneDay}, {L("sent"), 0}, {L("received"), 0}}};
    stage_.settings.setValue(QStringLiteral("peers/history/lap"), QJsonDocument(past).toJson());
    const QJsonArray broken{QJsonObject{{L("at"), now - 3.6e6}, {L("code"), 8}, {L("error"), L("timed out")}}};
    stage_.settings.setValue(QStringLiteral("peers/history/attic"), QJsonDocument(broken).toJson());
    stage_.context.peers()->start(host_, finder_, [] { return QStringList{QStringLiteral("192.168.1.20")}; });
    stage_.settle();
}

void GalleryScenes::showPeers() {
    Q_EMIT host_.opened(47110, QStringLiteral("me"));
    Q_EMIT host_.listed({{QStringLiteral("lap"),
                          QStringLiteral("Marina's laptop"),
                          {},
                          QDateTime::currentMSecsSinceEpoch() - 7'200'000},
                         {QStringLiteral("attic"), QStringLiteral("Attic"), QStringLiteral("ratings"), 0}});
    go("conflicts");
    stage_.picture(QStringLiteral("conflicts-some"));
    go("peer", {{QStringLiteral("peerId"), QStringLiteral("lap")}});
    stage_.picture(QStringLiteral("peer"));
    go("peer", {{QStringLiteral("peerId"), QStringLiteral("attic")}});
    stage_.picture(QStringLiteral("peer-failed"));
    go("devices");
    stage_.picture(QStringLiteral("devices-paired"));
    if (auto* computers = find("peers")) {
        QMetaObject::invokeMethod(computers, "pair");
        stage_.settle();
        stage_.picture(QStringLiteral("pair-choose"));
        Q_EMIT host_.compare(QStringLiteral("482913"), QStringLiteral("Marina's laptop"));
        stage_.settle();
        stage_.picture(QStringLiteral("pair-digits"));
        Q_EMIT host_.paired(QStringLiteral("lap"), QStringLiteral("Marina's laptop"), {}, 0);
        stage_.settle();
        stage_.picture(QStringLiteral("pair-done"));
        QTest::keyClick(window_, Qt::Key_Escape);
        stage_.settle();
    }
}

void GalleryScenes::showProfile() {
    for (const auto* device : stage_.context.devices()->all()) {
        if (device->name() != QLatin1String("STICK"))
            continue;
        go("device", {{QStringLiteral("deviceKey"), device->key()}});
        auto* rules = find("deviceRules");
        if (!rules)
            return;
        QMetaObject::invokeMethod(rules, "changeProfile");
        stage_.settle();
        stage_.picture(QStringLiteral("device-profile"));
        QTest::keyClick(window_, Qt::Key_Escape);
        stage_.settle();
    }
}

// A film in the window and in a small one of its own, music there and below the pages.
void GalleryScenes::showPlayer() {
    auto* player = stage_.context.player();
    go("films");
    stage_.engine.setVideo(true);
    player->openFiles({QUrl::fromLocalFile(QStringLiteral("/films/Night Ferry (2016).mkv"))});
    stage_.engine.setDuration(6720);
    stage_.engine.moveTo(1503);
    stage_.engine.setPaused(true);  // its controls stay
    stage_.settle();
    stage_.picture(QStringLiteral("player-film"));
    QTest::keyClick(window_, Qt::Key_W);
    stage_.settle();
    if (auto* small = otherWindow(window_)) {
        stage_.pictureOf(QStringLiteral("small-window"), small);
        QTest::keyClick(small, Qt::Key_W);
        stage_.settle();
    }
    player->stop();
    stage_.settle();
    stage_.engine.setVideo(false);
    stage_.context.playAlbum(album_);
    stage_.settle();
    stage_.engine.setDuration(30);
    stage_.engine.moveTo(12);
    go("music");
    stage_.picture(QStringLiteral("mini-player"));
    QMetaObject::invokeMethod(window_, "showPlayer");
    stage_.settle();
    stage_.picture(QStringLiteral("player-music"));
    QTest::keyClick(window_, Qt::Key_Escape);
    player->stop();
    stage_.settle();
}

// Titles in every state that a list of them knows.
void GalleryScenes::keepTitles() {
    using State = OfflineTask::State;
    const auto account = stage_.context.session()->account();
    OfflineStore store(stage_.settings.value(QStringLiteral("downloads/folder")).toString(), account);
    const auto now = QDateTime::currentMSecsSinceEpoch();
    QList<OfflineTask> tasks{task(L("g1"), "Night Ferry", "2016", State::Done),
                             task(L("g2"), "Salt and Cedar", "2021", State::Done),
                             task(L("g3"), "The Quiet Harbour", "2019", State::Done),
                             task(L("g4"), "Meridian", "2013", State::Paused),
                             task(L("g5"), "Foghorn", "2021", State::Failed),
                             task(L("g6"), "What the Gulls Saw", "2012", State::Waiting)};
    tasks[1].keyId = tasks[2].keyId = L("key");
    tasks[1].until = now + 20 * kOneDay;
    tasks[2].until = now - kOneDay;
    tasks[3].why = OfflineTask::Why::DiskFull;
    tasks[4].problem = L("The server has no such title any more.");
    for (const auto& one : tasks) {
        (void)store.save(one);
        QFile file(PartFile::mediaPath(store.folder(one.mediaId)));
        if (one.done() && file.open(QIODevice::WriteOnly))
            file.resize(one.size);
    }
    stage_.context.offline()->leave();
    stage_.context.offline()->enter(account, true);
    kept_ = true;
}

void GalleryScenes::showAway() {
    stage_.http.down = true;
    if (!kept_)
        keepTitles();
    for (int i = 0; i < 5 && !stage_.context.offline()->away(); ++i) {
        stage_.context.offline()->tryAgain();
        stage_.settle();
    }
    go("home");
    stage_.picture(QStringLiteral("away-home"));
    go("downloads");
    stage_.picture(QStringLiteral("away-downloads"));
    go("store");
    stage_.picture(QStringLiteral("away-store"));
}

}  // namespace marea::app::test
