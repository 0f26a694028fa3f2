#include <algorithm>
#include <chrono>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <QCommandLineParser>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QIcon>
#include <QOpenGLContext>
#include <QQmlApplicationEngine>
#include <QQmlComponent>
#include <QQuickWindow>
#include <QScopeGuard>
#include <QStandardPaths>
#include <QSysInfo>
#include <QTimer>
#include <QtPlugin>
#include <thread>

#include "app/api/eventstream.h"
#include "app/cli/synccommand.h"
#include "app/devices/phonefinder.h"
#include "app/devices/volumefinder.h"
#include "app/embedded/embeddedfarm.h"
#include "app/embedded/embeddedhost.h"
#include "app/embedded/libraryannouncer.h"
#include "app/embedded/networkaddresses.h"
#include "app/embedded/servertexts.h"
#include "app/platform/artworkprovider.h"
#include "app/platform/iconprovider.h"
#include "app/platform/keychainsecretstore.h"
#include "app/platform/mdnsdiscovery.h"
#include "app/platform/programid.h"
#include "app/platform/qrprovider.h"
#include "app/platform/quitsignals.h"
#include "app/platform/singleinstance.h"
#include "app/viewmodels/appcontext.h"
#include "app/viewmodels/desktoplink.h"
#include "app/viewmodels/nowplayinglink.h"
#include "app/viewmodels/trustviewmodel.h"
#include "core/http/qthttpclient.h"
#include "marea_version.h"
#include "player/choice/engines.h"
#include "player/render/videoitem.h"
#include "player/session/crossfadeengine.h"
#include "player/session/lateengine.h"

#ifdef MAREA_WITH_DBUS
#include "app/platform/avahidiscovery.h"
#include "app/platform/busnotifier.h"
#include "app/platform/mprisnowplaying.h"
#elif defined(Q_OS_WIN)
#include "app/platform/smtcnowplaying.h"
#elif defined(Q_OS_MACOS)
#include "app/platform/centernowplaying.h"
#endif

Q_IMPORT_PLUGIN(MareaPlugin)

namespace {

using namespace marea;

struct Arguments {
    QString server, setupCode, audio, engine;
    QStringList urls;  // files with their whole path
    bool beside = false;
};

Arguments parseArguments(const QGuiApplication& program) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Plays the films and music of a Marea server, and files. For devices: marea sync --help."));
    parser.addHelpOption();
    const QCommandLineOption version({QStringLiteral("v"), QStringLiteral("version")},
                                     QStringLiteral("Print the version and the commit."));
    const QCommandLineOption server(QStringLiteral("server"), QStringLiteral("Address of the server."),
                                    QStringLiteral("URL"));
    const QCommandLineOption code(QStringLiteral("setup-code"),
                                  QStringLiteral("One-time code to make the first owner."), QStringLiteral("CODE"));
    const QCommandLineOption audio(QStringLiteral("audio"),
                                   QStringLiteral("Sound output, by mpv's name for it; \"null\" for none."),
                                   QStringLiteral("NAME"));
    const QCommandLineOption beside(QStringLiteral("new"), QStringLiteral("Start beside one that runs."));
    const QCommandLineOption engine(
        QStringLiteral("engine"),
        QStringLiteral("What plays: %1.").arg(player::engineNames().join(QStringLiteral(", "))),
        QStringLiteral("NAME"));
    parser.addOptions({version, server, code, audio, engine, beside});
    parser.addPositionalArgument(QStringLiteral("FILE|URL"), QStringLiteral("What to play."),
                                 QStringLiteral("[FILE|URL…]"));
    parser.process(program);
    if (parser.isSet(version)) {
        std::printf("marea %s (%s)\n", MAREA_VERSION, MAREA_COMMIT);
        std::exit(0);
    }
    Arguments arguments{parser.value(server), parser.value(code), parser.value(audio), parser.value(engine), {},
                        parser.isSet(beside)};
    for (const auto& argument : parser.positionalArguments())
        arguments.urls << QUrl::fromUserInput(argument, QDir::currentPath(), QUrl::AssumeLocalFile).toString();
    return arguments;
}

// Media keys, panels and lock screens of the system.
std::unique_ptr<app::NowPlaying> systemNowPlaying([[maybe_unused]] QWindow& window) {
#ifdef MAREA_WITH_DBUS
    return std::make_unique<app::MprisNowPlaying>();
#elif defined(Q_OS_WIN)
    return std::make_unique<app::SmtcNowPlaying>(window.winId());
#elif defined(Q_OS_MACOS)
    return std::make_unique<app::CenterNowPlaying>();
#else
    struct None final : app::NowPlaying {
        void show(const app::NowPlayingState&) override {}
        void seeked(double) override {}
    };
    return std::make_unique<None>();
#endif
}

#ifdef MAREA_WITH_DBUS
using SystemNotifier = app::BusNotifier;
#else
// Other systems' own come here.
struct SystemNotifier final : app::Notifier {
    void notify(const QString&, const QString&, const QString&) override {}
};
#endif

constexpr std::chrono::milliseconds kEase{1500};         // what nobody waits for begins so much later
constexpr std::chrono::milliseconds kEngineAfter{1000};  // the first frame: the first page is there by then
constexpr int kControlsPicture = 640;                    // pixels wide
constexpr std::chrono::milliseconds kLibraryPatience{2000};

// The window among others.
struct Desktop {
    Desktop(app::AppContext& context, app::ApiClient& api, app::ArtworkLoader& artwork, QSettings& settings,
            QQuickWindow& window)
        : nowPlaying(systemNowPlaying(window)),
          link(context, notifier, settings),
          controls(*context.player(), *nowPlaying, api) {
        using N = app::NowPlaying;
        nowPlaying->setPictures([&artwork](const QString& picture, QObject* receiver, auto done) {
            artwork.load(picture, kControlsPicture, receiver, std::move(done));
        });
        const auto raise = [&window] {
            window.show();
            window.raise();
            window.requestActivate();
        };
        QObject::connect(&link, &app::DesktopLink::raiseWanted, &window, raise);
        QObject::connect(nowPlaying.get(), &N::raiseWanted, &window, raise);
        QObject::connect(nowPlaying.get(), &N::quitWanted, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        QObject::connect(nowPlaying.get(), &N::openWanted, &link,
                         [this](const QUrl& url) { link.open({url.toString()}); });
        QObject::connect(nowPlaying.get(), &N::fullScreenWanted, &window, [&window](bool on) {
            QMetaObject::invokeMethod(&window, "setFullScreen", Q_ARG(QVariant, on));
        });
        QObject::connect(&window, &QWindow::visibilityChanged, &controls,
                         [this](QWindow::Visibility v) { controls.setFullScreen(v == QWindow::FullScreen); });
        QObject::connect(&window, &QWindow::activeChanged, &link,
                         [this, &window] { link.setLookedAt(window.isActive()); });
    }
    SystemNotifier notifier;
    std::unique_ptr<app::NowPlaying> nowPlaying;
    app::DesktopLink link;
    app::NowPlayingLink controls;
};

std::vector<std::unique_ptr<app::DeviceFinder>> finders() {
    std::vector<std::unique_ptr<app::DeviceFinder>> all;
    all.push_back(std::make_unique<app::VolumeFinder>());
    all.push_back(std::make_unique<app::PhoneFinder>());
    return all;
}

// For sound alone, beside the one that shows pictures.
std::unique_ptr<player::PlayerEngine> soundEngine(const Arguments& arguments,
                                                  const std::shared_ptr<core::HttpClient>& http) {
    auto engine = player::makeEngine(
        arguments.engine,
        {.video = player::VideoOutput::None, .audioOutput = arguments.audio, .http = http, .extra = {}});
    if (!engine)
        qWarning("There is no second player: %s", engine.error().detail.c_str());
    return engine ? std::move(*engine) : nullptr;
}

// The system's own where it runs: two would take each other's place at the port.
std::unique_ptr<sync::Discovery> systemDiscovery() {
#ifdef MAREA_WITH_DBUS
    if (app::AvahiDiscovery::isThere())
        return std::make_unique<app::AvahiDiscovery>();
#endif
    return std::make_unique<app::MdnsDiscovery>();
}

QString computerName() {
    return QSysInfo::machineHostName().isEmpty() ? QStringLiteral("Marea") : QSysInfo::machineHostName().left(60);
}

int cores() {
    return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

void loadFonts() {
    for (const auto* weight : {"Regular", "Medium", "SemiBold"})
        QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/Inter-%1.otf").arg(QLatin1String(weight)));
    QFont font(QStringLiteral("Inter"));
    font.setPixelSize(14);
    QGuiApplication::setFont(font);
}

QUrl mainPage() {
    return QUrl(QStringLiteral("qrc:/qt/qml/Marea/Main.qml"));
}

// Their types are read on the engine's own thread, while this one makes what they will show.
std::unique_ptr<QQmlApplicationEngine> readPagesAhead() {
    app::registerTypes();
    player::registerVideoTypes();
    auto pages = std::make_unique<QQmlApplicationEngine>();
    pages->addImportPath(QStringLiteral("qrc:/qt/qml"));
    new QQmlComponent(pages.get(), mainPage(), QQmlComponent::Asynchronous, pages.get());
    return pages;
}

// The driver, that the first window would wait for.
void loadGraphics() {
    if (qEnvironmentVariableIsEmpty("QT_QUICK_BACKEND"))
        QOpenGLContext().create();
}

void nameProgram() {
    QGuiApplication::setApplicationName(QStringLiteral("marea"));
    QGuiApplication::setOrganizationName(QStringLiteral("marea"));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Marea"));
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/marea.svg")));
    QGuiApplication::setDesktopFileName(QStringLiteral("marea"));
}

QString folderIn(QStandardPaths::StandardLocation place, const QString& name) {
    return QStandardPaths::writableLocation(place) + QLatin1Char('/') + name;
}

// Made later, and told of by then; null, and said, where there is none of that name.
std::unique_ptr<player::LateEngine> pictureEngine(const Arguments& arguments,
                                                  const std::shared_ptr<core::HttpClient>& http) {
    const auto abilities = player::engineAbilities(arguments.engine);
    if (!abilities) {
        qCritical("there is no engine %s; there are: %s", qUtf8Printable(arguments.engine),
                  qUtf8Printable(player::engineNames().join(QStringLiteral(", "))));
        return nullptr;
    }
    return std::make_unique<player::LateEngine>(
        [http, &arguments] {
            return player::makeEngine(
                arguments.engine,
                {.video = player::VideoOutput::Scene, .audioOutput = arguments.audio, .http = http, .extra = {}});
        },
        *abilities);
}

// Which of its segments the server is asked for.
void askForWhatPlays(app::ApiClient& api, player::PlayerEngine& engine) {
    const auto tell = [&api, &engine] { api.setSegments(engine.abilities().segments); };
    tell();
    QObject::connect(&engine, &player::PlayerEngine::pictureChanged, &engine, tell);
}

// Servers and pages speak as the program does.
void speak(app::SettingsViewModel& settings, const std::shared_ptr<core::QtHttpClient>& http, QQmlEngine& pages) {
    QObject::connect(&settings, &app::SettingsViewModel::languageChanged, &settings,
                     [http, &settings] { http->setLanguage(settings.shownLanguage().toLatin1()); });
    settings.applyLanguage();
    QObject::connect(&settings, &app::SettingsViewModel::languageChanged, &pages, &QQmlEngine::retranslate);
}

// Null: they cannot be shown.
QQuickWindow* showPages(QQmlApplicationEngine& pages, app::AppContext& context, app::TrustViewModel& trust,
                        app::ArtworkLoader& artwork) {
    pages.addImageProvider(QStringLiteral("icon"), new app::IconProvider);
    pages.addImageProvider(QStringLiteral("qr"), new app::QrProvider);
    pages.addImageProvider(QStringLiteral("artwork"), new app::ArtworkProvider(artwork));
    pages.setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(&context)},
                                {QStringLiteral("trust"), QVariant::fromValue(&trust)}});
    pages.load(mainPage());
    return pages.rootObjects().isEmpty() ? nullptr : qobject_cast<QQuickWindow*>(pages.rootObjects().first());
}

// The window comes first: what is shared, and what plays, once it is there.
void goOnWhenShown(QQuickWindow& window, app::SharingViewModel& sharing, player::LateEngine& engine,
                   const Arguments& arguments) {
    const auto once = Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection);
    QObject::connect(&window, &QQuickWindow::frameSwapped, &sharing, &app::SharingViewModel::resume, once);
    QObject::connect(
        &window, &QQuickWindow::frameSwapped, &engine,
        [&engine, &arguments] {
            QTimer::singleShot(kEngineAfter, &engine, [&engine, &arguments] {
                player::loadEngine(arguments.engine, &engine, [&engine] { engine.make(); });
            });
        },
        once);
}

void startDevices(app::AppContext& context, app::PeerHost& computers, app::PeerFinder& finder,
                  app::TrustViewModel& trust) {
    context.devices()->setFarms(app::embeddedFarms(std::clamp(cores() / 2, 1, 4)));  // people do other things
    context.devices()->start(finders());
    context.peers()->start(computers, finder, app::networkAddresses);
    context.nearby()->start(finder, &trust);
    context.keepCopy(computers);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && std::strcmp(argv[1], "sync") == 0)  // before anything asks for a display
        return app::runSync({argv + 2, argv + argc}, app::embeddedFarms(cores()));
    if (qEnvironmentVariableIsEmpty("QT_QUICK_BACKEND"))
        QQuickWindow::setGraphicsApi(QSGRendererInterface::OpenGL);
    app::setProgramId();
    QGuiApplication program(argc, argv);
    std::setlocale(LC_NUMERIC, "C");  // libmpv refuses to start otherwise
    nameProgram();
    const auto arguments = parseArguments(program);
    app::SingleInstance instance(app::SingleInstance::usualName());
    if (!arguments.beside && instance.handOver(arguments.urls))
        return 0;
    instance.listen();
    QSettings settings;
    app::LibraryAnnouncer announcer(systemDiscovery);
    app::EmbeddedHost own({.folder = folderIn(QStandardPaths::AppDataLocation, QStringLiteral("library")),
                           .announcer = &announcer,
                           .ease = kEase});
    if (app::SessionViewModel::endedHere(settings) && arguments.server.isEmpty())
        own.begin();  // beside what follows: its pages come first
    auto pages = readPagesAhead();
    loadGraphics();
    loadFonts();
    app::ServerTexts serverTexts;
    QCoreApplication::installTranslator(&serverTexts);

    const auto http = std::make_shared<core::QtHttpClient>();
    auto late = pictureEngine(arguments, http);
    if (!late)
        return 1;
    auto& engine = *late;
    player::CrossfadeEngine sound(std::move(late), [http, &arguments, &engine] {
        return engine.abilities().overlap ? soundEngine(arguments, http) : nullptr;
    });
    app::ApiClient api(*http);
    askForWhatPlays(api, engine);
    app::KeychainSecretStore secrets;
    app::TrustViewModel trust(settings, app::lookAtCertificate, [http](const QUrl& server, const QByteArray& digest) {
        http->setCertificatePin(server, digest);
    });
    app::EventStream events(api);
    events.setTrusted([&trust](const QUrl& server, const QByteArray& digest) { return trust.trusts(server, digest); });
    app::PeerHost computers(api, {.folder = folderIn(QStandardPaths::GenericDataLocation, QStringLiteral("marea/sync")),
                                  .name = computerName()});
    app::PeerFinder finder(systemDiscovery);
    app::AppContext context(api, sound, secrets, settings, events, &own);
    app::ArtworkLoader artwork(api, *http, folderIn(QStandardPaths::CacheLocation, QStringLiteral("artwork")));
    context.store()->samples()->setEngine([&arguments] { return soundEngine(arguments, {}); });
    artwork.setKept([&context](const QString& path) { return context.offline()->artwork(path); });
    app::QuitSignals quit;
    speak(*context.settings(), http, *pages);

    const auto pagesGoFirst = qScopeGuard([&pages] { pages.reset(); });
    auto* const window = showPages(*pages, context, trust, artwork);
    if (!window)
        return 1;
    Desktop desktop(context, api, artwork, settings, *window);
    QObject::connect(&instance, &app::SingleInstance::handedOver, &desktop.link, &app::DesktopLink::open);
    goOnWhenShown(*window, *context.sharing(), engine, arguments);
    startDevices(context, computers, finder, trust);
    context.session()->start(arguments.server, arguments.setupCode);
    if (!arguments.urls.isEmpty())
        desktop.link.open(arguments.urls);
    const int code = QGuiApplication::exec();
    desktop.link.keep();
    context.player()->stopAndWait(1500);
    events.stop();
    const bool apart = computers.shutDown(kLibraryPatience);
    if (!own.shutDown(kLibraryPatience) || !apart) {  // its database stands an end at any point
        settings.sync();
        std::_Exit(code);
    }
    return code;
}
