#pragma once

#include <memory>
#include <QPointer>
#include <QPromise>
#include <QSet>

#include "app/viewmodels/elsewhere.h"
#include "app/viewmodels/titlemerge.h"

namespace marea::app {

// Where a list of titles has its pages from: the library in use and, where titles are shown once, all others with it.
// One page costs at most one request a library, but where all of it were copies. What answers is the list, whichever
// it is: who fails, or does not answer soon while another has, is left out until it does, and the page says so. It is
// an error where none answers. GUI thread; one a list.
class MergedPages : public QObject {
    Q_OBJECT
public:
    MergedPages(ApiClient& api, Elsewhere& elsewhere, QObject* parent = nullptr);

    // `cursor`: of the page before, or of a letter of the list that was asked for last.
    Reply<MediaPage> page(const MediaQuery& query, const QString& cursor);
    // The same list from after the last page of it that was told, whatever is asked of this one. It is patient: a page
    // that lacks a library is an error at first, and can be asked for again.
    std::unique_ptr<MergedPages> rest() const;
    void setPatience(int milliseconds) { patience_ = milliseconds; }

Q_SIGNALS:
    void outdated();  // there are other libraries now, or one answered late: asked anew, the list is another

private:
    struct Run;
    using RunRef = std::shared_ptr<Run>;

    RunRef begin(const MediaQuery& query);
    RunRef beginAt(const Run& run, const MediaQuery& query, const QString& cursor) const;
    void spareSilent(Run& run) const;
    QStringList missing() const;
    void ask(const RunRef& run, const std::vector<int>& sources);
    void askOne(const RunRef& run, int source);
    void onAnswer(const RunRef& run, int source, const core::Result<MediaPage>& page);
    void onLateAnswer(const Run& run, int source, bool good);
    void onPatienceOver(const RunRef& run);
    void giveUp(Run& run);
    void settle(const RunRef& run);
    bool isRefused(const Run& run);
    void fail(Run& run);
    void addWhole(MediaPage& page) const;

    ApiClient& api_;
    Elsewhere& elsewhere_;
    RunRef run_;            // of the list that was asked for last; null: of the library in use alone
    RunRef behind_;         // of what stands before the letter that the other began at
    RunRef kept_;           // of a rest: as it was before the page that was asked for last
    QSet<QString> silent_;  // addresses, "" of the one in use: they were not waited for any longer, and may answer yet
    QSet<QString> slow_;    // they did, late
    int patience_ = 800;    // milliseconds for a library while another has answered
    bool isRest_ = false;
    int tries_ = 0;  // of the same page
};

}  // namespace marea::app
