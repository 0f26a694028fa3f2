#include "app/viewmodels/settingsviewmodel.h"

#include <algorithm>
#include <cstring>
#include <QCoreApplication>
#include <QEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLocale>
#include <QPalette>
#include <QScreen>
#include <QStandardPaths>
#include <QStyleHints>
#include <utility>

#include "marea_version.h"

namespace marea::app {
namespace {
const QString kTheme = QStringLiteral("look/theme");
const QString kLanguage = QStringLiteral("look/language");
const QString kStreamLimit = QStringLiteral("player/stream_limit");
const QString kSoundProfile = QStringLiteral("player/sound_profile");
const QString kTrackColumns = QStringLiteral("look/track_columns");
const QString kPictureSize = QStringLiteral("look/picture_size");
const QString kMedium = QStringLiteral("medium");
const QString kTray = QStringLiteral("desktop/tray");
const QString kTellTracks = QStringLiteral("desktop/tell_tracks");
const QString kMaximized = QStringLiteral("window/maximized");
const QString kSystem = QStringLiteral("system");

// As menus have them.
QVariantList choices(const QList<std::pair<QString, QString>>& all, const QString& chosen) {
    QVariantList list;
    for (const auto& [value, text] : all)
        list << QVariantMap{{QStringLiteral("value"), value},
                            {QStringLiteral("text"), text},
                            {QStringLiteral("checked"), value == chosen}};
    return list;
}

}  // namespace

QString PlainTranslator::translate(const char* context, const char* text, const char* comment, int n) const {
    const char* bare = std::strrchr(context, ':');
    return QTranslator::translate(bare ? bare + 1 : context, text, comment, n);
}

SettingsViewModel::SettingsViewModel(QSettings& settings, QObject* parent) : QObject(parent), settings_(settings) {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &SettingsViewModel::themeChanged);
#else
    qApp->installEventFilter(this);
#endif
}

bool SettingsViewModel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == qApp && event->type() == QEvent::ApplicationPaletteChange)
        Q_EMIT themeChanged();
    if (watched == qApp && event->type() == QEvent::Quit)
        leaving_ = true;  // comes before the windows are closed
    return QObject::eventFilter(watched, event);
}

QString SettingsViewModel::theme() const {
    return settings_.value(kTheme, kSystem).toString();
}

void SettingsViewModel::setTheme(const QString& theme) {
    settings_.setValue(kTheme, theme);
    Q_EMIT themeChanged();
}

bool SettingsViewModel::dark() const {
    if (theme() != kSystem)
        return theme() == QLatin1String("dark");
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QGuiApplication::styleHints()->colorScheme() != Qt::ColorScheme::Light;
#else
    // Qt 6.4 has only the palette to go by; without a platform theme it is Qt's own light one, which says nothing.
    if (qEnvironmentVariableIsEmpty("XDG_CURRENT_DESKTOP") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORMTHEME"))
        return true;
    return QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
#endif
}

bool SettingsViewModel::reduceMotion() const {
    return qEnvironmentVariableIntValue("MAREA_REDUCE_MOTION") != 0;
}
QString SettingsViewModel::language() const {
    return settings_.value(kLanguage).toString();
}

void SettingsViewModel::setLanguage(const QString& language) {
    settings_.setValue(kLanguage, language);
    applyLanguage();
}

QString SettingsViewModel::shownLanguage() const {
    const QString loaded = translator_.language().section(QLatin1Char('_'), 0, 0);
    return loaded.isEmpty() ? QStringLiteral("en") : loaded;
}

void SettingsViewModel::applyLanguage() {
    QCoreApplication::removeTranslator(&translator_);
    const QLocale locale = language().isEmpty() ? QLocale::system() : QLocale(language());
    QLocale::setDefault(locale);
    // English too: its file holds the plural forms.
    if (translator_.load(locale, QStringLiteral("marea"), QStringLiteral("_"), QStringLiteral(":/i18n")) ||
        translator_.load(QStringLiteral(":/i18n/marea_en")))
        QCoreApplication::installTranslator(&translator_);
    Q_EMIT languageChanged();
    Q_EMIT streamLimitsChanged();
    Q_EMIT soundProfilesChanged();
    Q_EMIT pictureSizesChanged();
}

int SettingsViewModel::streamLimit() const {
    return std::max(0, settings_.value(kStreamLimit, 0).toInt());
}

void SettingsViewModel::setStreamLimit(int kilobits) {
    settings_.setValue(kStreamLimit, kilobits);
    Q_EMIT streamLimitChanged();
    Q_EMIT streamLimitsChanged();
}

// The steps of the server's ladder.
QVariantList SettingsViewModel::streamLimits() const {
    QVariantList list;
    const QList<std::pair<int, QString>> ladder{{0, QString()},
                                                {8000, QStringLiteral("1080p")},
                                                {5000, QStringLiteral("720p")},
                                                {2500, QStringLiteral("480p")}};
    for (const auto& [kilobits, size] : ladder) {
        const QString text =
            kilobits == 0 ? tr("Original") : tr("%1 Mbit/s").arg(QLocale().toString(kilobits / 1000.0));
        list << QVariantMap{{QStringLiteral("value"), kilobits},
                            {QStringLiteral("text"), text},
                            {QStringLiteral("detail"), size},
                            {QStringLiteral("checked"), kilobits == streamLimit()}};
    }
    return list;
}

QString SettingsViewModel::soundProfile() const {
    const QString profile = settings_.value(kSoundProfile).toString();
    return profile == QLatin1String("normalised") || profile == QLatin1String("night") ? profile : QString();
}

void SettingsViewModel::setSoundProfile(const QString& profile) {
    settings_.setValue(kSoundProfile, profile);
    Q_EMIT soundProfileChanged();
    Q_EMIT soundProfilesChanged();
}

QVariantList SettingsViewModel::soundProfiles() const {
    return choices({{QString(), tr("As it is")},
                    {QStringLiteral("normalised"), tr("Even loudness")},
                    {QStringLiteral("night"), tr("Night")}},
                   soundProfile());
}

QString SettingsViewModel::pictureSize() const {
    const QString size = settings_.value(kPictureSize, kMedium).toString();
    return size == QLatin1String("small") || size == QLatin1String("large") ? size : kMedium;
}

void SettingsViewModel::setPictureSize(const QString& size) {
    settings_.setValue(kPictureSize, size);
    Q_EMIT pictureSizeChanged();
    Q_EMIT pictureSizesChanged();
}

QVariantList SettingsViewModel::pictureSizes() const {
    return choices(
        {{QStringLiteral("small"), tr("Small")}, {kMedium, tr("Medium")}, {QStringLiteral("large"), tr("Large")}},
        pictureSize());
}

QStringList SettingsViewModel::trackColumns() const {
    return settings_
        .value(kTrackColumns, QStringList{QStringLiteral("artist"), QStringLiteral("album"), QStringLiteral("rating"),
                                          QStringLiteral("duration")})
        .toStringList();
}

void SettingsViewModel::setTrackColumns(const QStringList& columns) {
    settings_.setValue(kTrackColumns, columns);
    Q_EMIT trackColumnsChanged();
}

bool SettingsViewModel::tray() const {
    return settings_.value(kTray).toBool();
}

void SettingsViewModel::setTray(bool on) {
    settings_.setValue(kTray, on);
    Q_EMIT desktopChanged();
}

bool SettingsViewModel::tellTracks() const {
    return settings_.value(kTellTracks).toBool();
}

void SettingsViewModel::setTellTracks(bool on) {
    settings_.setValue(kTellTracks, on);
    Q_EMIT desktopChanged();
}

QUrl SettingsViewModel::mediaFolder() const {
    for (const auto place : {QStandardPaths::MoviesLocation, QStandardPaths::HomeLocation}) {
        const QString folder = QStandardPaths::writableLocation(place);
        if (QFileInfo(folder).isDir())
            return QUrl::fromLocalFile(folder);
    }
    return QUrl();
}

QString SettingsViewModel::version() const {
    return QStringLiteral(MAREA_VERSION);
}
QString SettingsViewModel::commit() const {
    return QStringLiteral(MAREA_COMMIT);
}
// What was remembered, but never more than the screen has room for, with the window manager's frame around it.
int SettingsViewModel::windowWidth() const {
    const auto* screen = QGuiApplication::primaryScreen();
    const int wanted = settings_.value(QStringLiteral("window/width"), 1280).toInt();
    return std::max(360, screen ? std::min(wanted, screen->availableSize().width()) : wanted);
}
int SettingsViewModel::windowHeight() const {
    constexpr int frame = 40;
    const auto* screen = QGuiApplication::primaryScreen();
    const int wanted = settings_.value(QStringLiteral("window/height"), 800).toInt();
    return std::max(420, screen ? std::min(wanted, screen->availableSize().height() - frame) : wanted);
}
double SettingsViewModel::volume() const {
    return settings_.value(QStringLiteral("player/volume"), 100.0).toDouble();
}
void SettingsViewModel::setVolume(double percent) {
    settings_.setValue(QStringLiteral("player/volume"), percent);
}

bool SettingsViewModel::windowMaximized() const {
    return settings_.value(kMaximized, false).toBool();
}
void SettingsViewModel::rememberMaximized(bool maximized) {
    settings_.setValue(kMaximized, maximized);
}

void SettingsViewModel::rememberWindow(int width, int height) {
    settings_.setValue(QStringLiteral("window/width"), width);
    settings_.setValue(QStringLiteral("window/height"), height);
}

}  // namespace marea::app
