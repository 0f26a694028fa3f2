#pragma once

#include <QTimer>
#include <QUrl>

#include "app/platform/notifier.h"
#include "app/viewmodels/appcontext.h"
#include "app/viewmodels/laststate.h"
#include "app/viewmodels/links.h"

namespace marea::app {

// The program among others: files and links that it is given, what it says while one looks elsewhere, and that it is as
// it was at the next start. GUI thread.
class DesktopLink : public QObject {
    Q_OBJECT
public:
    DesktopLink(AppContext& context, Notifier& notifier, QSettings& settings, QObject* parent = nullptr);

    void open(const QStringList& urls);        // files, addresses, links of ours; also none
    void setLookedAt(bool on) { seen_ = on; }  // its window has the person's attention
    void keep();                               // how it is now, for the next start

Q_SIGNALS:
    void raiseWanted();

private:
    void enter();
    void follow(const MareaLink& link);
    void offerToPair(const QString& link);
    void onEntry();

    AppContext& context_;
    Notifier& notifier_;
    QSettings& settings_;
    QTimer keepSoon_;
    std::optional<MareaLink> waiting_;  // for somebody to be signed in
    QString told_;                      // the title that was said last
    bool seen_ = true, restored_ = false, kept_ = false;
};

}  // namespace marea::app
