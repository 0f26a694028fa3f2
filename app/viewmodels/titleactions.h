#pragma once

#include <functional>
#include <optional>
#include <QPointF>
#include <QVariantList>

#include "app/viewmodels/mediamodel.h"
#include "app/viewmodels/navigator.h"
#include "app/viewmodels/notices.h"
#include "app/viewmodels/playerviewmodel.h"

namespace marea::app {

// What one can do with a title, or several, from wherever they are shown: the choices of their menu, and doing them. An
// album, an artist, a season and a series stand for what is in them. GUI thread.
class TitleActions : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QVariantList choices READ choices NOTIFY changed)  // {text, icon, value}
    Q_PROPERTY(bool rateable READ rateable NOTIFY changed)
    Q_PROPERTY(int rating READ rating NOTIFY changed)  // 0: none
public:
    TitleActions(ApiClient& api, PlayerViewModel& player, Navigator& navigator, Notices& notices,
                 QObject* parent = nullptr);

    void setCopies(Copies* copies) { copies_ = copies; }
    void setOwner(bool owner) { owner_ = owner; }  // what belongs to owners is among the choices
    void setSells(bool on) { sells_ = on; }        // there is a store, and the owner looks
    struct Device {
        QString key, name, icon;
    };
    void setDevices(std::function<QList<Device>()> devices) { devices_ = std::move(devices); }  // that are there
    QString title() const;
    QVariantList choices() const;
    bool rateable() const { return titles_.size() == 1; }
    int rating() const { return rateable() ? titles_.first().rating : 0; }

    // {mediaId, kind, title, entryId}: one title. `at` is where the menu belongs, in the window.
    Q_INVOKABLE void open(const QVariantMap& title, const QPointF& at);
    Q_INVOKABLE void openRows(marea::app::MediaModel* list, const QVariantList& rows, const QPointF& at);
    Q_INVOKABLE void choose(const QString& value);
    Q_INVOKABLE void rate(int rating);  // those of the menu
    // Without a menu.
    Q_INVOKABLE void setRating(const QString& mediaId, int rating, const QString& place = {});
    Q_INVOKABLE void setFavourite(const QString& mediaId, bool on);
    Q_INVOKABLE void wantPlaylist(const QString& mediaId, const QString& kind);

Q_SIGNALS:
    void changed();
    void wanted(const QPointF& at);                                                    // show the menu
    void playlistWanted(const QStringList& media);                                     // ask to which; see titleref.h
    void deviceWanted(const QString& key, const QStringList& media);                   // put them on it
    void wantedIn(const QString& place, const QString& mediaId, const QString& kind);  // open it in that library
    void removalWanted(const QString& entryId);                      // out of the playlist that is shown
    void matchWanted(const QString& mediaId, const QString& title);  // what it is elsewhere is to be put right

private:
    using Titles = std::function<void(const QList<MediaItem>&)>;

    void go(const QString& id, const char* kind);
    void learn(const QString& id);
    void learnPlaces(const QString& id);
    void playFrom(const QString& address);
    QVariantList places() const;
    void withPlayable(const Titles& then);
    void withInside(const MediaItem& item, const Titles& then);
    void play();
    void playNext();
    void enqueue();
    void addToPlaylist();
    void withRefs(const std::function<void(const QStringList&)>& then);
    QVariantList devices() const;
    void change(const UserChange& change);
    void changeOne(const QString& id, const QString& place, const UserChange& change);
    bool allFavourite() const;
    bool single(const char* kinds) const;

    ApiClient& api_;
    PlayerViewModel& player_;
    Navigator& navigator_;
    Notices& notices_;
    QList<MediaItem> titles_;
    Copies* copies_ = nullptr;
    std::function<QList<Device>()> devices_;
    QList<TitleCopy> places_;  // other libraries that have the title, too
    bool owner_ = false, sells_ = false;
};

// What of a list may be played, as the queue takes it.
QList<player::PlayEntry> playable(const QList<MediaItem>& items);

}  // namespace marea::app
