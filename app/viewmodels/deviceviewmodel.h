#pragma once

#include <QTimer>
#include <QUrl>
#include <QVariantList>
#include <set>

#include "app/devices/commands.h"
#include "app/devices/devicecontroller.h"
#include "app/devices/devicesettings.h"
#include "app/devices/eject.h"
#include "app/viewmodels/deviceplanmodel.h"
#include "app/viewmodels/notices.h"
#include "app/viewmodels/profileviewmodel.h"

namespace marea::app {

// What every device's view model works with.
struct DeviceContext {
    DeviceSettingsStore store;
    DeviceController::Parts parts;
    std::vector<sync::DeviceProfile> profiles;  // one's own first
    std::size_t own = 0;                        // so many of them
    CommandRunner commands;
    // "": what the account's server has; null where there is none. `device`: the place of the one that it is for.
    std::function<std::unique_ptr<DeviceLibraryProvider>(const QString& folder, const QString& device)> library;
};

// One device: what is on it, what shall be on it, the plan, the sync that runs, what has been. GUI thread.
class DeviceViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString key READ key CONSTANT)
    Q_PROPERTY(QString name READ name NOTIFY changed)
    Q_PROPERTY(QString icon READ icon NOTIFY changed)
    Q_PROPERTY(bool present READ present NOTIFY changed)
    Q_PROPERTY(QString state READ state NOTIFY changed)  // "away", "blocked", "closed", "reading", "ready", "syncing"
    Q_PROPERTY(QString statusText READ statusText NOTIFY changed)
    Q_PROPERTY(QString problemText READ problemText NOTIFY changed)  // what keeps it from being used; "": nothing
    Q_PROPERTY(bool canRelease READ canRelease NOTIFY changed)       // the file manager can be asked to let go of it
    Q_PROPERTY(bool canEject READ canEject NOTIFY changed)
    Q_PROPERTY(bool canImport READ canImport NOTIFY changed)      // also from one that nothing can be put on
    Q_PROPERTY(QVariantList storage READ storage NOTIFY changed)  // {key, text, detail, share}
    Q_PROPERTY(double plannedShare READ plannedShare NOTIFY changed)
    Q_PROPERTY(QString storageText READ storageText NOTIFY changed)
    Q_PROPERTY(QVariantList kinds READ kinds NOTIFY rulesChanged)          // {value, text, checked}
    Q_PROPERTY(QVariantList playlists READ playlists NOTIFY rulesChanged)  // likewise
    Q_PROPERTY(QVariantList artists READ artists NOTIFY rulesChanged)      // likewise
    Q_PROPERTY(QVariantList titles READ titles NOTIFY rulesChanged)        // likewise; those that were chosen
    // Of each, how many were chosen; the lists themselves may be long.
    Q_PROPERTY(int chosenPlaylists READ chosenPlaylists NOTIFY rulesChanged)
    Q_PROPERTY(int chosenArtists READ chosenArtists NOTIFY rulesChanged)
    Q_PROPERTY(int chosenTitles READ chosenTitles NOTIFY rulesChanged)
    Q_PROPERTY(bool hasPlaylists READ hasPlaylists NOTIFY rulesChanged)
    Q_PROPERTY(bool hasArtists READ hasArtists NOTIFY rulesChanged)
    Q_PROPERTY(bool onlyTitles READ onlyTitles WRITE setOnlyTitles NOTIFY rulesChanged)
    Q_PROPERTY(bool unwatchedOnly READ unwatchedOnly WRITE setUnwatchedOnly NOTIFY rulesChanged)
    Q_PROPERTY(int newest READ newest WRITE setNewest NOTIFY rulesChanged)                       // 0: any number
    Q_PROPERTY(int fillGigabytes READ fillGigabytes WRITE setFillGigabytes NOTIFY rulesChanged)  // 0: as much as fits
    Q_PROPERTY(QVariantList profiles READ profiles NOTIFY rulesChanged)                          // {value, text}
    Q_PROPERTY(QString profile READ profile WRITE setProfile NOTIFY rulesChanged)
    Q_PROPERTY(marea::app::ProfileViewModel* draft READ draft CONSTANT)         // of its profile, while it is changed
    Q_PROPERTY(QString folder READ folder WRITE setFolder NOTIFY rulesChanged)  // of the library; "": the server's
    Q_PROPERTY(QStringList storages READ storages NOTIFY changed)               // of a phone, where there are several
    Q_PROPERTY(QString chosenStorage READ chosenStorage WRITE setChosenStorage NOTIFY rulesChanged)
    Q_PROPERTY(marea::app::DevicePlanModel* plan READ plan CONSTANT)
    Q_PROPERTY(QString stepsText READ stepsText NOTIFY changed)
    Q_PROPERTY(QString othersText READ othersText NOTIFY changed)     // of what other computers put there; "": nothing
    Q_PROPERTY(bool takesOver READ takesOver NOTIFY changed)          // that is this one's from the next sync on
    Q_PROPERTY(bool libraryFailed READ libraryFailed NOTIFY changed)  // stepsText() says why
    Q_PROPERTY(QString syncText READ syncText NOTIFY changed)
    Q_PROPERTY(bool canSync READ canSync NOTIFY changed)
    Q_PROPERTY(bool inStep READ inStep NOTIFY changed)               // it was looked at, and there is nothing to do
    Q_PROPERTY(QString removalText READ removalText NOTIFY changed)  // to agree to before sync(); "": little goes
    Q_PROPERTY(double progress READ progress NOTIFY progressed)
    Q_PROPERTY(QString progressText READ progressText NOTIFY progressed)
    Q_PROPERTY(bool paused READ paused NOTIFY progressed)
    Q_PROPERTY(QVariantList problems READ problems NOTIFY changed)  // of the last sync: {path, reason}
    Q_PROPERTY(QStringList history READ history NOTIFY changed)
public:
    DeviceViewModel(const DeviceContext& context, Notices& notices, DeviceSettings settings, QObject* parent = nullptr);

    QString key() const { return settings_.key; }
    QString name() const { return settings_.name; }
    QString icon() const { return settings_.phone ? QStringLiteral("smartphone") : QStringLiteral("hard-drive"); }
    bool present() const { return found_.has_value(); }
    QString state() const;
    QString statusText() const;
    QString problemText() const;
    bool canRelease() const { return found_ && !found_->release.isEmpty(); }
    bool canEject() const { return found_ && app::canEject(*found_) && !syncing(); }
    bool canImport() const;
    QVariantList storage() const;
    double plannedShare() const;
    QString storageText() const;
    QVariantList kinds() const;
    QVariantList playlists() const;
    QVariantList artists() const;
    QVariantList titles() const;
    int chosenPlaylists() const { return static_cast<int>(settings_.rules.playlists.size()); }
    int chosenArtists() const { return static_cast<int>(settings_.rules.artists.size()); }
    int chosenTitles() const { return static_cast<int>(settings_.rules.titles.size()); }
    bool hasPlaylists() const { return library_ && (!library_->playlists.empty() || chosenPlaylists() > 0); }
    bool hasArtists() const { return !artists_.isEmpty() || chosenArtists() > 0; }
    bool onlyTitles() const { return settings_.rules.onlyTitles; }
    bool unwatchedOnly() const { return settings_.rules.unwatchedOnly; }
    int newest() const { return static_cast<int>(settings_.rules.newest.value_or(0)); }
    int fillGigabytes() const { return static_cast<int>(settings_.rules.fillBytes.value_or(0) / 1'000'000'000); }
    QVariantList profiles() const;
    QString profile() const;
    ProfileViewModel* draft() { return &draft_; }
    QString folder() const { return settings_.folder; }
    QStringList storages() const { return found_ && found_->storages.size() > 1 ? found_->storages : QStringList(); }
    QString chosenStorage() const { return settings_.storage; }
    DevicePlanModel* plan() { return &plan_; }
    QString stepsText() const;
    QString othersText() const;
    bool takesOver() const { return takesOver_; }
    bool libraryFailed() const { return libraryError_.has_value(); }
    QString syncText() const;
    bool canSync() const;
    bool inStep() const;
    QString removalText() const;
    double progress() const;
    QString progressText() const;
    qint64 bytesDone() const { return controller_.progress().bytesDone; }
    qint64 bytesTotal() const { return controller_.progress().bytesTotal; }
    bool paused() const { return controller_.paused(); }
    QVariantList problems() const { return problems_; }
    QStringList history() const;
    bool syncing() const { return controller_.isBusy(); }  // or importing
    bool importing() const { return controller_.state() == DeviceController::State::Importing; }
    const DeviceSettings& settings() const { return settings_; }
    bool remembered() const { return remembered_; }  // something was set for it, or it was synced

    void setOnlyTitles(bool on);
    void setUnwatchedOnly(bool on);
    void setNewest(int count);
    void setFillGigabytes(int gigabytes);
    void setProfile(const QString& id);
    void setFolder(const QString& folder);  // once it is known that it is not on the device; else there is a notice
    void setChosenStorage(const QString& name);
    void setFound(const std::optional<FoundDevice>& found);  // there now, or not
    void setAccount(const QString& account);                 // whose server it is; "": nobody is signed in
    void retranslate();
    void onProfiles();  // there are others

    Q_INVOKABLE void open();   // somebody looks at it
    Q_INVOKABLE void close();  // nobody does any more
    Q_INVOKABLE void toggleKind(const QString& kind);
    Q_INVOKABLE void togglePlaylist(const QString& id);
    Q_INVOKABLE void toggleArtist(const QString& name);
    Q_INVOKABLE void addTitles(const QStringList& media);  // see titleref.h
    Q_INVOKABLE void removeTitle(const QString& id);
    Q_INVOKABLE void editProfile();    // what the device plays, from what is set for it now
    Q_INVOKABLE void keepProfile();    // what the draft says holds for this device
    Q_INVOKABLE void forgetProfile();  // what Marea has for its model holds again
    Q_INVOKABLE void reload();         // the library, and what is on the device
    Q_INVOKABLE void setTakesOver(bool on);
    Q_INVOKABLE void sync();
    Q_INVOKABLE void importTo(const QUrl& folder);  // the photos and videos that were taken with it
    Q_INVOKABLE void setPaused(bool paused) { controller_.setPaused(paused); }
    Q_INVOKABLE void cancel();  // the sync, the import, or reading it and its library
    Q_INVOKABLE void eject();
    Q_INVOKABLE void release();

Q_SIGNALS:
    void changed();
    void rulesChanged();
    void progressed();
    void profileKept(const marea::sync::DeviceProfile& profile);
    void profileForgotten(const QString& id);
    void lookAgain();  // what holds it may have let go

private:
    DeviceWish wishOfDevice() const;
    sync::DeviceProfile profileNow() const;
    QString model() const { return settings_.model.isEmpty() ? settings_.name : settings_.model; }
    bool isOwn(const std::string& id) const;
    void loadLibrary();
    QString readingText() const;
    bool hasWork() const;
    void watchReading();
    void setLibrary(const DeviceLibraryPtr& library);
    void takeFolder(const QString& folder);
    void learn(const FoundDevice& found);
    void unmount(const FoundDevice& device);
    void onUnmounted(bool done);
    QString refusal(const QStringList& ids) const;
    void changeRules(const std::function<void(DeviceSettings&)>& how);
    void passWish();
    void onController();
    void onImported(const ImportEnd& end);
    QVariantList problemsOf(const std::vector<sync::SyncReport::Problem>& problems) const;
    void onFinished(const SyncEnd& end);
    void remember(const SyncEnd& end);
    static void tellEjected(Notices& notices, const QString& name, const EjectEnd& end);
    void keep();

    const DeviceContext& context_;
    Notices& notices_;
    DeviceSettings settings_;
    std::optional<FoundDevice> found_;
    QString account_;
    DeviceController controller_;
    DevicePlanModel plan_;
    ProfileViewModel draft_;
    std::unique_ptr<DeviceLibraryProvider> provider_;
    DeviceLibraryPtr library_;
    std::set<std::string> kinds_;  // that it has
    QStringList artists_;          // likewise, sorted
    std::optional<core::Error> libraryError_;
    QTimer soon_;     // several changes of the rules make one plan
    QTimer reading_;  // looks how far that is
    QVariantList problems_;
    int leftOut_ = 0;  // by the sync that runs
    int asked_ = 0;    // the number of the latest setFolder()
    bool loading_ = false, looked_ = false, ejecting_ = false, ejected_ = false, remembered_ = false;
    bool takesOver_ = false;
};

}  // namespace marea::app
