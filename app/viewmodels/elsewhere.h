#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <QPointer>
#include <vector>

#include "app/api/secretstore.h"
#include "app/viewmodels/mediamodel.h"
#include "app/viewmodels/nearest.h"
#include "app/viewmodels/ownlibrary.h"

class QSettings;

namespace marea::app {

bool cannotBeReached(const core::Error& error);
// Titles of a library that answered so are missed: not where nobody is signed in, who sees nothing of it anyway.
bool isMissed(const core::Error& error);

// A library besides the one that the pages show. Signs in when something is first asked of it. GUI thread.
class LibraryElsewhere : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString address READ address CONSTANT)
    Q_PROPERTY(QString name READ name CONSTANT)
    Q_PROPERTY(marea::app::MediaModel* found READ found CONSTANT)    // by the words that one looks for
    Q_PROPERTY(marea::app::MediaModel* recent READ recent CONSTANT)  // what came last
public:
    using Enter = std::function<Reply<LibraryEntrance>()>;
    LibraryElsewhere(std::unique_ptr<ApiClient> api, QString address, QString name, Enter enter);

    QString address() const { return address_; }
    QString name() const;  // this computer's in the language of now
    MediaModel* found() { return &found_; }
    MediaModel* recent() { return &recent_; }
    ApiClient& api() { return *api_; }
    void search(const QString& words);
    void reload();
    // Of its server, once one is inside; an error also where it cannot be reached. Nothing once `context` is gone.
    template <class T>
    void ask(std::function<Reply<T>(ApiClient&)> question, QObject* context,
             std::function<void(const core::Result<T>&)> done) {
        const QPointer<QObject> asker(context);
        whenInside(
            [this, asker, question, done] {
                if (asker)
                    deliver(question(*api_), asker, done);
            },
            [asker, done](const core::Error& error) {
                if (asker)
                    done(core::unexpected<core::Error>(error));
            });
    }
    // A page of a list there, whose titles say so.
    void list(const MediaQuery& query, const QString& cursor, std::function<void(const core::Result<MediaPage>&)> done);
    // The same title there, if it is there and plays; nullopt also when it cannot be reached.
    void look(const MediaItem& title, std::function<void(const std::optional<MediaItem>&)> done);
    Nearness nearness() const;

private:
    std::function<MediaPage(MediaPage)> whereItIs() const;
    void whenInside(std::function<void()> work, std::function<void(const core::Error&)> otherwise);

    std::unique_ptr<ApiClient> api_;
    QString address_, name_;
    Enter enter_;
    MediaModel found_, recent_;
    int search_ = 0;  // those before are of no more interest
    bool inside_ = false;
};

// All libraries that one may see besides: servers with a sign-in that was kept, and this computer's own folders. Who
// cannot be reached has nothing, and is missed. GUI thread.
class Elsewhere : public QObject {
    Q_OBJECT
    Q_PROPERTY(QList<QObject*> places READ places NOTIFY placesChanged)  // of LibraryElsewhere
    Q_PROPERTY(bool any READ any NOTIFY changed)                         // something was found
    Q_PROPERTY(bool once READ once WRITE setOnce NOTIFY changed)         // what is here, too, is not shown again
    // Addresses of those that could not be searched; whether any of the others was, or may be yet.
    Q_PROPERTY(QStringList searchMissing READ searchMissing NOTIFY changed)
    Q_PROPERTY(bool searchAnswers READ searchAnswers NOTIFY changed)
public:
    using List = MediaModel* (LibraryElsewhere::*)();

    Elsewhere(ApiClient& api, SecretStore& secrets, QSettings& settings, OwnLibrary* own, QObject* parent = nullptr);
    ~Elsewhere() override;

    QList<QObject*> places() const;
    LibraryElsewhere* at(const QString& address) const;  // null: none of them
    bool any() const;
    bool once() const;
    void setOnce(bool once);
    QStringList missing(List list) const;
    bool answers(List list) const;
    QStringList searchMissing() const { return missing(&LibraryElsewhere::found); }
    bool searchAnswers() const { return answers(&LibraryElsewhere::found); }

    QString nameHere() const { return nameHere_; }
    void setNameHere(const QString& name) { nameHere_ = name; }
    // Of libraries at these addresses, as in a sentence; "" is the one in use. Who is none of them any more has none.
    Q_INVOKABLE QString namesOf(const QStringList& addresses) const;
    // Which library the pages show, by its address; empty: none, and then there are no others.
    void setHere(const QString& address);
    void search(const QString& words);
    void reload();
    // What is shown of the library here: left out of what was found elsewhere, where that is wished.
    void leaveOut(const QList<MediaItem>& here);

Q_SIGNALS:
    void placesChanged();
    void onceChanged();
    // Made of a title there, from here, and its server took it.
    void userChanged(const QString& address, const QString& mediaId, const marea::app::UserChange& change);
    void changed();
    void recentChanged();

private:
    void add(const QString& address, const QString& name, LibraryElsewhere::Enter enter);
    void addServers(const QString& here);
    void onChanged();

    ApiClient& api_;
    SecretStore& secrets_;
    QSettings& settings_;
    OwnLibrary* own_;
    QString nameHere_;
    std::vector<std::unique_ptr<LibraryElsewhere>> places_;
    QList<MediaItem> here_;
    bool leavingOut_ = false;
};

}  // namespace marea::app
