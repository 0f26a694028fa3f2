// Every page of the application on a real server, as pictures: app_gallery --server URL --token REFRESH --out FOLDER
// [--also URL --also-token REFRESH] [--quick] [--empty]. --also: a second server. Ends with 1 when QML warns.
// tests/e2e/gallery.py starts a server for it.
#include <cstdio>
#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QTest>
#include <QtPlugin>
#include <string_view>

#include "app/api/eventstream.h"
#include "app/platform/artworkprovider.h"
#include "app/platform/iconprovider.h"
#include "app/platform/qrprovider.h"
#include "app/viewmodels/appcontext.h"
#include "app/viewmodels/knownservers.h"
#include "core/http/qthttpclient.h"
#include "player/render/videoitem.h"
#include "tests/support/fakeengine.h"
#include "tests/unit/app/doubles.h"
#include "tests/unit/app/galleryscenes.h"

Q_IMPORT_PLUGIN(MareaPlugin)

namespace marea::app::test {
namespace {

int warned = 0;

void tell(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    const bool qml = text.contains(QLatin1String("qrc:")) ||
                     QLatin1String(context.category ? context.category : "").startsWith(QLatin1String("qml"));
    if (type != QtDebugMsg && type != QtInfoMsg && qml) {
        ++warned;
        std::fprintf(stderr, "%s\n", qPrintable(text));
    }
}

struct Look {
    QString theme, language;
    int width = 0;
};

QList<Look> looks(bool quick) {
    QList<Look> list;
    for (const auto* theme : {"dark", "light"})
        for (const auto* language : {"en", "es"})
            for (const int width : {1280, 480})
                list << Look{QLatin1String(theme), QLatin1String(language), width};
    return quick ? QList<Look>{list.first(), list.last()} : list;
}

class Gallery {
public:
    Gallery(const QUrl& server, const QString& refreshToken, const QString& out, bool empty)
        : out_(out), empty_(empty) {
        registerTypes();
        player::registerVideoTypes();
        qml_.addImportPath(QStringLiteral("qrc:/qt/qml"));
        qml_.addImageProvider(QStringLiteral("icon"), new IconProvider);
        qml_.addImageProvider(QStringLiteral("qr"), new QrProvider);
        qml_.addImageProvider(QStringLiteral("artwork"), new ArtworkProvider(artwork_));
        QObject::connect(context_.settings(), &SettingsViewModel::languageChanged, &qml_, &QQmlEngine::retranslate);
        secrets_.kept[QStringLiteral("refresh-token@") + server.authority()] = refreshToken;
        context_.settings()->setTheme(QStringLiteral("dark"));
        context_.settings()->setLanguage(QStringLiteral("en"));
        std::vector<std::unique_ptr<DeviceFinder>> finders;
        finders.push_back(std::make_unique<VolumeFinder>());
        context_.devices()->start(std::move(finders));
        qml_.setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(&context_)}});
        qml_.load(QUrl(QStringLiteral("qrc:/qt/qml/Marea/Main.qml")));
        window_ = qobject_cast<QQuickWindow*>(qml_.rootObjects().value(0));
    }
    // Another server that somebody has been on.
    void know(const QUrl& server, const QString& name, const QString& refreshToken) {
        KnownServers(settings_).remember({server.toString(), name, QStringLiteral("owner")});
        secrets_.kept[QStringLiteral("refresh-token@") + server.authority()] = refreshToken;
    }
    bool signIn(const QUrl& server) {
        context_.session()->start(server.toString(), {});
        const bool inside =
            window_ &&
            QTest::qWaitFor([&] { return context_.session()->state() == SessionViewModel::State::SignedIn; }, 60000);
        if (inside && !empty_) {
            furnishComputer();
            makeScenes();
        }
        return inside;
    }
    // What has happened, look by look; without the server last.
    void showScenes(const QList<Look>& looks) {
        for (const auto scene : {&GalleryScenes::showPeers, &GalleryScenes::showProfile, &GalleryScenes::showPlayer,
                                 &GalleryScenes::showAway})
            for (const auto& look : looks) {
                dress(look);
                (scenes_.get()->*scene)();
            }
        http_.down = false;
    }
    void show(const Look& look) {
        dress(look);
        for (const auto& [name, page, arguments] : places()) {
            context_.navigator()->go(page, arguments);
            settle();
            if (auto* shown = with("tab"); shown && page == QLatin1String("music"))
                shown->setProperty("tab", arguments.value(QStringLiteral("tab")));
            settle();
            const bool sheet = name == QLatin1String("match");
            if (sheet)
                openMatch(arguments.value(QStringLiteral("mediaId")).toString());
            picture(name, look);
            if (page == QLatin1String("product") || page == QLatin1String("selling"))
                more(name, look);
            if (sheet)
                QTest::keyClick(window_, Qt::Key_Escape);
        }
    }
    // As somebody sees it who has no server, and who has chosen folders. Afterwards nobody is signed in.
    void showFirst(const QList<Look>& looks) {
        context_.session()->signOut();
        context_.session()->changeServer();
        settings_.remove(QStringLiteral("computer/used"));
        context_.computer()->choose(QStringLiteral("/srv/media/Music"));
        context_.computer()->choose(QStringLiteral("/mnt/disk/Films and series"));
        for (const auto& look : looks) {
            dress(look);
            for (const bool folders : {false, true}) {
                if (auto* page = with("folders"))
                    page->setProperty("folders", folders);
                settle();
                picture(folders ? QStringLiteral("first-folders") : QStringLiteral("first-address"), look);
            }
        }
    }
    int taken() const { return taken_; }

private:
    struct Place {
        QString name, page;
        QVariantMap arguments;
    };

    // What is shown and has a property of that name.
    QQuickItem* with(const char* property, QQuickItem* below = nullptr) {
        for (auto* child : (below ? below : window_->contentItem())->childItems()) {
            if (!child->isVisible())
                continue;
            if (child->property(property).isValid())
                return child;
            if (auto* found = with(property, child))
                return found;
        }
        return nullptr;
    }
    void dress(const Look& look) {
        context_.settings()->setTheme(look.theme);
        context_.settings()->setLanguage(look.language);
        window_->resize(look.width, 720);
        look_ = look;
    }
    void makeScenes() {
        scenes_ = std::make_unique<GalleryScenes>(
            GalleryScenes::Stage{api_, context_, http_, engine_, settings_, folder_.path(), [this] { settle(); },
                                 [this](const QString& name) { picture(name, look_); },
                                 [this](const QString& name, QQuickWindow* window) { picture(name, look_, window); }},
            window_, QStringList{first("movie"), first("movie", "desc")}, first("album"));
        scenes_->prepare();
    }
    void picture(const QString& name, const Look& look, QQuickWindow* window = nullptr) {
        const auto file = QStringLiteral("%1%2-%3-%4-%5.png")
                              .arg(empty_ ? QStringLiteral("empty-") : QString(), name, look.theme, look.language)
                              .arg(look.width);
        (window ? window : window_)->grabWindow().save(QDir(out_).filePath(file));
        ++taken_;
    }
    // What such a page has besides.
    void more(const QString& name, const Look& look) {
        if (auto* page = with("part"); page && name == QLatin1String("selling"))
            for (const auto* part : {"vouchers", "report"}) {
                page->setProperty("part", QLatin1String(part));
                settle();
                picture(name + QLatin1Char('-') + QLatin1String(part), look);
            }
        auto* product = name == QLatin1String("selling") ? nullptr : with("productId");
        if (!product)
            return;
        QMetaObject::invokeMethod(product, "buy");
        settle();
        picture(name + QStringLiteral("-buy"), look);
        QTest::keyClick(window_, Qt::Key_Escape);
    }
    // Folders on this computer, shared, with somebody there.
    void furnishComputer() {
        own_.guestList = {{QStringLiteral("g1"), QStringLiteral("Marea, kitchen"), 1'700'000'000'000}};
        context_.computer()->add({QStringLiteral("/srv/media/Music"), QStringLiteral("/srv/media/Videos")});
        context_.sharing()->setOn(true);
        (void)QTest::qWaitFor([&] { return context_.sharing()->on(); });
        context_.sharing()->newCode();
        context_.notices()->dismiss();
    }
    // The sheet over its page.
    void openMatch(const QString& id) {
        context_.actions()->open({{QStringLiteral("mediaId"), id},
                                  {QStringLiteral("kind"), QStringLiteral("movie")},
                                  {QStringLiteral("title"), QStringLiteral("Estuary")}},
                                 {});
        QTest::keyClick(window_, Qt::Key_Escape);
        context_.actions()->choose(QStringLiteral("match"));
        settle();
    }
    void settle() {
        QTest::qWait(250);  // animations, and what begins late
        (void)QTest::qWaitFor([&] { return http_.quiet(); }, 30000);
        QTest::qWait(250);
    }
    // The first of each kind on the server, in that order.
    QString first(const char* kind, const char* order = "asc") {
        MediaQuery query;
        query.kind = QLatin1String(kind);
        query.sort = QStringLiteral("title");
        query.order = QLatin1String(order);
        query.limit = 1;
        QString id;
        bool done = false;
        deliver(api_.media(query, {}), window_, [&](const core::Result<MediaPage>& page) {
            done = true;
            if (page && !page->items.isEmpty())
                id = page->items.first().id;
        });
        (void)QTest::qWaitFor([&] { return done; }, 30000);
        return id;
    }
    QList<Place> places() {
        if (!places_.isEmpty())
            return places_;
        for (const auto* page :
             {"home", "films", "series", "playlists", "downloads", "attention", "devices", "conflicts"})
            places_ << Place{QLatin1String(page), QLatin1String(page), {}};
        addMusic();
        if (!empty_)
            addFull();
        return places_;
    }
    void addFull() {
        for (const auto* section :
             {"look", "playback", "sound", "devices", "account", "computer", "servers", "household", "server"})
            places_ << Place{QStringLiteral("settings-") + QLatin1String(section),
                             QStringLiteral("settings"),
                             {{QStringLiteral("section"), QLatin1String(section)}}};
        for (const auto* device : context_.devices()->all())
            if (device->name() == QLatin1String("STICK"))
                places_ << Place{
                    QStringLiteral("device"), QStringLiteral("device"), {{QStringLiteral("deviceKey"), device->key()}}};
        addStore();
        addTitles();
    }
    void addStore() {
        for (const auto* page : {"store", "purchases", "selling", "offer"})
            places_ << Place{QLatin1String(page), QLatin1String(page), {}};
        for (const auto& product : context_.store()->newest()->items())
            places_ << Place{QStringLiteral("product") + (!product.withheld.isEmpty() ? QStringLiteral("-refunded")
                                                          : product.owned             ? QStringLiteral("-owned")
                                                          : product.preorder          ? QStringLiteral("-ahead")
                                                                                      : QString()),
                             QStringLiteral("product"),
                             {{QStringLiteral("productId"), product.id}}};
    }
    void addMusic() {
        for (const auto* tab : {"albums", "artists", "tracks", "genres"})
            places_ << Place{QStringLiteral("music-") + QLatin1String(tab),
                             QStringLiteral("music"),
                             {{QStringLiteral("tab"), QLatin1String(tab)}}};
    }
    void addTitles() {
        const QList<std::pair<const char*, const char*>> kinds{
            {"film", "movie"}, {"match", "movie"}, {"show", "series"}, {"album", "album"}, {"artist", "artist"}};
        for (const auto& [page, kind] : kinds)
            if (const QString id = first(kind); !id.isEmpty())
                places_ << Place{QLatin1String(page),
                                 QLatin1String(page == std::string_view("match") ? "film" : page),
                                 {{QStringLiteral("mediaId"), id}}};
        for (const auto& [page, kind] : kinds)  // the one with the longest name of all comes last
            if (const QString id = first(kind, "desc"); !id.isEmpty() && page != std::string_view("match"))
                places_ << Place{QLatin1String(page) + QStringLiteral("-long"),
                                 QLatin1String(page),
                                 {{QStringLiteral("mediaId"), id}}};
        places_ << Place{QStringLiteral("film-gone"),
                         QStringLiteral("film"),
                         {{QStringLiteral("mediaId"), QStringLiteral("01900000-0000-7000-8000-000000000000")}}};
        auto* lists = context_.playlists();
        for (int row = 0; row < std::min(2, lists->count()); ++row) {
            const auto index = lists->index(row);
            places_ << Place{QStringLiteral("playlist%1").arg(row + 1),
                             QStringLiteral("playlist"),
                             {{QStringLiteral("playlistId"), lists->data(index, PlaylistsModel::IdRole)}}};
        }
    }

    // A folder that poses as a device, with something on it.
    QString madeStick() {
        const QString path = QDir(folder_.path()).filePath(QStringLiteral("STICK"));
        QDir().mkpath(path + QStringLiteral("/Music"));
        QFile song(path + QStringLiteral("/Music/Mine.mp3"));
        if (song.open(QIODevice::WriteOnly))
            song.resize(40'000'000);
        settings_.setValue(QStringLiteral("devices/folder"), folder_.filePath(QStringLiteral("devices")));
        settings_.setValue(QStringLiteral("devices/folders"), QStringList{path});
        return path;
    }

    QString out_;
    bool empty_;  // there is nothing on the server: only what shows that
    QTemporaryDir folder_;
    core::QtHttpClient network_;
    GalleryHttp http_{network_};
    FakeSecrets secrets_;
    FakeOwnLibrary own_;
    QSettings settings_{folder_.filePath(QStringLiteral("marea.conf")), QSettings::IniFormat};
    QString stick_ = madeStick();
    player::FakeEngine engine_;
    ApiClient api_{http_};
    EventStream events_{api_};
    std::unique_ptr<GalleryScenes> scenes_;  // outlives what it is shown to
    AppContext context_{api_, engine_, secrets_, settings_, events_, &own_};
    ArtworkLoader artwork_{api_, http_, folder_.filePath(QStringLiteral("artwork"))};
    QQmlApplicationEngine qml_;
    QQuickWindow* window_ = nullptr;
    QList<Place> places_;
    Look look_;
    int taken_ = 0;
};

}  // namespace
}  // namespace marea::app::test

int main(int argc, char** argv) {
    using namespace marea::app::test;
    QGuiApplication program(argc, argv);
    QCommandLineParser parser;
    for (const auto* name : {"server", "token", "out", "also", "also-token"})
        parser.addOption({QLatin1String(name), QString(), QLatin1String(name)});
    for (const auto* name : {"quick", "empty"})
        parser.addOption({QLatin1String(name), QString()});
    parser.process(program);
    for (const auto* weight : {"Regular", "Medium", "SemiBold"})
        QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/Inter-%1.otf").arg(QLatin1String(weight)));
    qInstallMessageHandler(tell);
    const QUrl server(parser.value(QStringLiteral("server")));
    Gallery gallery(server, parser.value(QStringLiteral("token")), parser.value(QStringLiteral("out")),
                    parser.isSet(QStringLiteral("empty")));
    if (parser.isSet(QStringLiteral("also")))
        gallery.know(QUrl(parser.value(QStringLiteral("also"))), QStringLiteral("Casa"),
                     parser.value(QStringLiteral("also-token")));
    if (!gallery.signIn(server)) {
        std::fprintf(stderr, "The sign-in did not succeed.\n");
        return 2;
    }
    const auto all = looks(parser.isSet(QStringLiteral("quick")));
    for (const auto& look : all)
        gallery.show(look);
    if (!parser.isSet(QStringLiteral("empty"))) {
        gallery.showScenes(all);
        gallery.showFirst(all);
    }
    std::printf("%d pictures, %d warnings\n", gallery.taken(), warned);
    return warned == 0 && gallery.taken() > 0 ? 0 : 1;
}
