#pragma once

#include <QTimer>
#include <QUrl>
#include <QVariantList>

#include "app/viewmodels/ownlibrary.h"

class QSettings;

namespace marea::app {

// This computer's own folders of films and music: chosen at first, and looked after later. GUI thread.
class ComputerViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool available READ available CONSTANT)
    Q_PROPERTY(bool used READ used NOTIFY changed)  // there are such folders, or have been
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QVariantList chosen READ chosen NOTIFY changed)  // to be added: {path, name}
    Q_PROPERTY(
        QVariantList folders READ folders NOTIFY changed)  // {id, name, path, scanning, problem, progress, detail}
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(bool watched READ watched WRITE setWatched NOTIFY changed)  // a page shows them
public:
    // `own` may be null: then there is nothing to be had.
    ComputerViewModel(OwnLibrary* own, QSettings& settings, QObject* parent = nullptr);

    bool available() const { return own_; }
    bool used() const;
    bool busy() const { return busy_; }
    QVariantList chosen() const;
    QVariantList folders() const;
    bool loaded() const { return loaded_; }
    QString errorText() const { return error_; }
    bool watched() const { return watched_; }
    void setWatched(bool watched);

    Q_INVOKABLE void suggest();  // the system's folders, where none were chosen yet
    Q_INVOKABLE void choose(const QString& path);
    Q_INVOKABLE void unchoose(const QString& path);
    Q_INVOKABLE void addChosen();
    Q_INVOKABLE void add(const QStringList& paths);
    Q_INVOKABLE void remove(const QString& id);  // its files stay
    Q_INVOKABLE void scan(const QString& id);
    Q_INVOKABLE void refresh();
    Q_INVOKABLE QStringList foldersAmong(const QList<QUrl>& urls) const;  // of what was dropped

Q_SIGNALS:
    void changed();
    void added(const QStringList& names);  // they are being read
    void removed();

private:
    void addNext();
    void ended();
    void fail(const core::Error& error);
    void take(const QList<LibraryInfo>& folders);
    QStringList names() const;

    OwnLibrary* own_;
    QSettings& settings_;
    QStringList chosen_, adding_, added_;
    QList<LibraryInfo> folders_;
    QString error_;
    QTimer again_;
    bool busy_ = false, loaded_ = false, watched_ = false;
};

// What a folder's library is called: its own name, with a number where that is taken.
QString libraryNameOf(const QString& path, const QStringList& taken);
// An absolute path of what was typed or dropped ("~/Music/", "file:///srv/Music"); empty for what is no path.
QString folderPathOf(const QString& typed);

}  // namespace marea::app
