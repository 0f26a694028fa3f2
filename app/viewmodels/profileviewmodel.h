#pragma once

#include <QObject>
#include <QVariantList>
#include <set>

#include "sync/plan/deviceprofile.h"

namespace marea::app {

// What a device plays, while somebody changes it: formats as people know them, limits, what is made of the rest. GUI
// thread.
class ProfileViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY changed)
    Q_PROPERTY(QVariantList music READ music NOTIFY changed)    // {value, text, checked}
    Q_PROPERTY(QVariantList films READ films NOTIFY changed)    // pictures; likewise
    Q_PROPERTY(QVariantList files READ files NOTIFY changed)    // what films come in; likewise
    Q_PROPERTY(QVariantList limits READ limits NOTIFY changed)  // {key, title, text, choices: {value, text, checked}}
    Q_PROPERTY(QVariantList makes READ makes NOTIFY changed)    // what becomes of what it does not play; likewise
    Q_PROPERTY(bool playlists READ playlists WRITE setPlaylists NOTIFY changed)
    Q_PROPERTY(QString model READ model NOTIFY changed)                       // of the device
    Q_PROPERTY(bool forModel READ forModel WRITE setForModel NOTIFY changed)  // it is that of every device like this
    Q_PROPERTY(bool own READ own NOTIFY changed)             // somebody changed it before: Marea's may come back
    Q_PROPERTY(QString problem READ problem NOTIFY changed)  // why it cannot be kept
public:
    explicit ProfileViewModel(QObject* parent = nullptr) : QObject(parent) {}

    void begin(const sync::DeviceProfile& profile, const QString& model, bool own);
    sync::DeviceProfile result() const;

    QString name() const { return QString::fromStdString(profile_.name); }
    QVariantList music() const;
    QVariantList films() const;
    QVariantList files() const;
    QVariantList limits() const;
    QVariantList makes() const;
    bool playlists() const { return profile_.wantsPlaylists; }
    QString model() const { return model_; }
    bool forModel() const { return forModel_; }
    bool own() const { return own_; }
    QString problem() const;

    void setName(const QString& name);
    void setPlaylists(bool on);
    void setForModel(bool on);

    Q_INVOKABLE void toggle(const QString& value);                       // one of music, films, files
    Q_INVOKABLE void choose(const QString& key, const QVariant& value);  // of limits, makes

Q_SIGNALS:
    void changed();

private:
    bool plays(const char* codec) const;
    void toggleMusic(std::size_t index);
    void toggleFilm(const char* codec);
    void setHeight(int height);
    bool inAnyFile() const;
    std::vector<std::string> filmContainers() const;

    sync::DeviceProfile profile_;
    std::set<std::string> on_;                                        // of music and files, by value
    std::vector<std::string> otherContainers_, otherFilmContainers_;  // that people are not asked about
    bool otherFiles_ = false;                                         // films come in none that they are asked about
    QString model_;
    bool forModel_ = false, own_ = false;
};

}  // namespace marea::app
