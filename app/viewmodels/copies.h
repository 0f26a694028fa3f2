#pragma once

#include <QHash>
#include <QPointer>
#include <QSet>

#include "app/viewmodels/elsewhere.h"

namespace marea::app {

// A title of the library in use, as another library has it.
struct TitleCopy {
    QPointer<ApiClient> api;  // of that library; null once it is not among the others any more
    QString address, name;    // of the library
    Nearness nearness = Nearness::Away;
    MediaItem item;
};

// Which other libraries have a title, too, so that it plays from the nearest and all of them know where one stopped.
// Nothing where libraries are kept apart. GUI thread.
class Copies : public QObject {
    Q_OBJECT
public:
    using Found = std::function<void(const MediaItem& here, const QList<TitleCopy>& copies)>;

    Copies(ApiClient& api, Elsewhere& elsewhere, QObject* parent = nullptr);

    bool any() const;        // there are other libraries, and they count
    bool anyNearer() const;  // than the one in use
    QString nameHere() const { return elsewhere_.nameHere(); }
    // `found` is called once: when all have answered, or those that did within some seconds; of a title that is not
    // known here, with nothing.
    void find(const QString& mediaId, const Found& found);
    // As soon as no nearer one can come; who did not answer the last time is not waited for.
    void findNearest(const QString& mediaId, const Found& found);
    // Of a title that another library has (`place`), who else has it: as find().
    void findOthers(const MediaItem& title, const Found& found);
    LibraryElsewhere* libraryAt(const QString& address) const { return elsewhere_.at(address); }  // null: none
    const QList<TitleCopy>& known(const QString& mediaId) const;  // of those that were found before
    // Which of them a title plays from that is in the library in use, too; -1: from there, or what is downloaded of it.
    int nearestOf(const QList<TitleCopy>& copies, bool downloaded) const;

private:
    struct Question {
        Found found;
        bool nearestOnly = false;
    };
    struct Search;
    struct Title {
        MediaItem here;
        QList<TitleCopy> copies;
    };
    void put(const QString& mediaId, const Question& question);
    void tellKnown(const QString& mediaId);
    void ask(const MediaItem& here);
    void onAnswer(const std::shared_ptr<Search>& search, const QPointer<LibraryElsewhere>& place,
                  const std::optional<MediaItem>& item);
    void settle(const std::shared_ptr<Search>& search);
    void giveUp(const std::shared_ptr<Search>& search);
    bool isDone(const Search& search, const Question& question) const;
    void remember(const Search& search);
    void forget();

    ApiClient& api_;
    Elsewhere& elsewhere_;
    QHash<QString, Title> known_;                // by the id here, or where it is
    QHash<QString, QList<Question>> questions_;  // of searches that run, likewise
    int generation_ = 0;                         // of the others; answers of earlier ones are dropped
    QSet<QString> silent_;                       // addresses of those that did not answer in time
};

// The one in the library at that address; -1: none.
int placeOf(const QList<TitleCopy>& copies, const QString& address);

}  // namespace marea::app
