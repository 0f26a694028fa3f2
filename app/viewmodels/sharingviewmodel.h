#pragma once

#include <QTimer>
#include <QVariantList>

#include "app/viewmodels/ownlibrary.h"

class QSettings;

namespace marea::app {

// This computer's library on the network: whether, where, how one gets in, what is seen there, and who is in. Off until
// somebody turns it on; as it was left at the next start. GUI thread.
class SharingViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool on READ on NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QStringList addresses READ addresses NOTIFY changed)
    Q_PROPERTY(QString pin READ pin NOTIFY changed)
    Q_PROPERTY(QString user READ user NOTIFY changed)
    Q_PROPERTY(QString code READ code NOTIFY changed)           // shown until somebody used it, or it runs out
    Q_PROPERTY(QVariantList guests READ guests NOTIFY changed)  // {id, name, detail}
    Q_PROPERTY(QStringList hidden READ hidden NOTIFY changed)   // ids of libraries that are not shared
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(bool watched READ watched WRITE setWatched NOTIFY changed)
public:
    SharingViewModel(OwnLibrary* own, QSettings& settings, QObject* parent = nullptr);

    bool on() const { return on_; }
    bool busy() const { return busy_; }
    QStringList addresses() const { return on_ ? at_.addresses : QStringList(); }
    QString pin() const { return on_ ? at_.pin : QString(); }
    QString user() const { return at_.user; }
    QString code() const { return code_; }
    QVariantList guests() const;
    QStringList hidden() const;
    QString errorText() const { return error_; }
    bool watched() const { return watched_; }
    void setWatched(bool watched);

    Q_INVOKABLE void setOn(bool on);
    Q_INVOKABLE void setHidden(const QString& library, bool hidden);
    Q_INVOKABLE void newCode();
    Q_INVOKABLE void endGuest(const QString& id);
    void resume();  // at the program's start: as it was left
    // Which libraries there are: of these, those that are not hidden are shared.
    void setLibraries(const QStringList& ids);

    static constexpr int kCodeMs = 10 * 60 * 1000;

Q_SIGNALS:
    void changed();

private:
    SharingWish wish() const;
    void share();
    void askForGuests();
    void showCode(const QString& code);
    void hideUsedCode();
    void hideCode();
    void fail(const core::Error& error);

    OwnLibrary* own_;
    QSettings& settings_;
    SharedAt at_;
    QStringList libraries_;
    QList<LibraryGuest> guests_;
    QString code_, error_;
    QStringList before_;  // ids of who was in when the code was made
    QTimer again_, codeEnds_;
    bool on_ = false, busy_ = false, watched_ = false;
};

}  // namespace marea::app
