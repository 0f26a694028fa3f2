#pragma once

#include <QObject>
#include <QSettings>
#include <QTranslator>
#include <QUrl>
#include <QVariantList>

namespace marea::app {

// lupdate names contexts by the bare class, tr() asks with the namespace: this one looks by the bare name.
class PlainTranslator final : public QTranslator {
public:
    QString translate(const char* context, const char* text, const char* comment, int n) const override;
};

// Theme, language and what is remembered of the window. Installs the translation of the chosen language. GUI thread.
class SettingsViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString theme READ theme WRITE setTheme NOTIFY themeChanged)  // "system", "dark", "light"
    Q_PROPERTY(bool dark READ dark NOTIFY themeChanged)
    Q_PROPERTY(bool reduceMotion READ reduceMotion CONSTANT)
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY languageChanged)  // "" for the system's
    // The most that a stream from a server may take, in kbit/s; 0: no limit. From the next title on.
    Q_PROPERTY(int streamLimit READ streamLimit WRITE setStreamLimit NOTIFY streamLimitChanged)
    Q_PROPERTY(QVariantList streamLimits READ streamLimits NOTIFY streamLimitsChanged)  // {value, text, checked}
    // What becomes of a film's sound on its way: "" as it is, "normalised", "night".
    Q_PROPERTY(QString soundProfile READ soundProfile WRITE setSoundProfile NOTIFY soundProfileChanged)
    Q_PROPERTY(QVariantList soundProfiles READ soundProfiles NOTIFY soundProfilesChanged)  // {value, text, checked}
    Q_PROPERTY(QString pictureSize READ pictureSize WRITE setPictureSize NOTIFY pictureSizeChanged)
    Q_PROPERTY(QVariantList pictureSizes READ pictureSizes NOTIFY pictureSizesChanged)  // {value, text, checked}
    // Which columns the table of tracks has, by their names.
    Q_PROPERTY(QStringList trackColumns READ trackColumns WRITE setTrackColumns NOTIFY trackColumnsChanged)
    Q_PROPERTY(bool tray READ tray WRITE setTray NOTIFY desktopChanged)  // closing the window leaves it in the tray
    Q_PROPERTY(bool tellTracks READ tellTracks WRITE setTellTracks NOTIFY desktopChanged)  // while nobody looks at it
    Q_PROPERTY(QUrl mediaFolder READ mediaFolder CONSTANT)  // where "Open file…" begins
    Q_PROPERTY(QString version READ version CONSTANT)
    Q_PROPERTY(QString commit READ commit CONSTANT)
    Q_PROPERTY(int windowWidth READ windowWidth CONSTANT)
    Q_PROPERTY(int windowHeight READ windowHeight CONSTANT)
    Q_PROPERTY(bool windowMaximized READ windowMaximized CONSTANT)
public:
    explicit SettingsViewModel(QSettings& settings, QObject* parent = nullptr);

    QString theme() const;
    void setTheme(const QString& theme);
    bool dark() const;
    bool reduceMotion() const;
    QString language() const;
    void setLanguage(const QString& language);
    QString shownLanguage() const;  // that the interface has: of "" the system's where it is there, else English
    int streamLimit() const;
    void setStreamLimit(int kilobits);
    QVariantList streamLimits() const;
    QString soundProfile() const;
    void setSoundProfile(const QString& profile);
    QVariantList soundProfiles() const;
    QString pictureSize() const;  // of grids: "small", "medium", "large"
    void setPictureSize(const QString& size);
    QVariantList pictureSizes() const;
    QStringList trackColumns() const;
    void setTrackColumns(const QStringList& columns);
    bool tray() const;
    void setTray(bool on);
    bool tellTracks() const;
    void setTellTracks(bool on);
    QUrl mediaFolder() const;
    QString version() const;
    QString commit() const;
    int windowWidth() const;
    int windowHeight() const;
    bool windowMaximized() const;
    double volume() const;
    void setVolume(double percent);
    void applyLanguage();

    Q_INVOKABLE bool leaving() const { return leaving_; }    // the program ends, not the window alone
    Q_INVOKABLE void rememberWindow(int width, int height);  // as it is when it fills no screen
    Q_INVOKABLE QString pathOf(const QUrl& folder) const { return folder.toLocalFile(); }
    Q_INVOKABLE void rememberMaximized(bool maximized);

Q_SIGNALS:
    void themeChanged();
    void languageChanged();
    void streamLimitChanged();
    void streamLimitsChanged();  // also their words
    void pictureSizeChanged();
    void pictureSizesChanged();  // also their words
    void trackColumnsChanged();
    void desktopChanged();
    void soundProfileChanged();
    void soundProfilesChanged();  // also their words

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QSettings& settings_;
    PlainTranslator translator_;
    bool leaving_ = false;
};

}  // namespace marea::app
