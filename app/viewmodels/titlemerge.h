#pragma once

#include <QHash>
#include <string>
#include <variant>
#include <vector>

#include "app/api/types.h"
#include "app/viewmodels/sametitle.h"

namespace marea::app {

// The lists of several libraries, each in the same order, as one: page by page, and what several have once, as that of
// the first source that has it. Source 0 is the library in use. Holds a page of each, and of what was told the marks
// that copies are known by. Pure.
class TitleMerge {
public:
    // Whether that order can be told from what items say of themselves, and the query asks for nothing of one library.
    static bool canMerge(const MediaQuery& query);

    TitleMerge(const MediaQuery& query, int sources);

    // The same list from where that letter begins, or would, on; or the other way round, what stands before it. Of
    // sources whose letters came.
    TitleMerge from(const QString& letter) const;
    TitleMerge before(const QString& letter) const;

    // Whose next page is to be asked for before more can be told; none while something can. Who is nearly through is
    // among them, so that lists which take turns come in whole pages.
    std::vector<int> hungry() const;
    QString cursorOf(int source) const { return sources_[static_cast<std::size_t>(source)].cursor; }
    void add(int source, MediaPage page);
    void end(int source);  // no more comes from there
    bool done() const;     // everything was told
    // What can be told by now. Its letters and its total are those of the whole, as far as copies are known.
    MediaPage take();
    // The same where `behind`, what stands before the letter that this began at, is read beside: who was lost there has
    // no more than came of it, and copies are known from both.
    QList<LetterPlace> lettersWith(const TitleMerge& behind) const;
    int totalWith(const TitleMerge& behind) const;

private:
    using Key = std::variant<double, std::string>;
    struct Waiting {
        MediaItem item;
        Key key;
    };
    struct Source {
        QList<Waiting> waiting;
        QList<LetterPlace> letters;
        QList<LetterPlace> known;  // `letters` of who is lost, where something of it came
        QString cursor;
        int taken = 0, total = 0;
        int skipped = 0;  // of `taken`: what stands before the letter that the list begins at
        bool ended = false;
        bool lost = false;
        int came = 0;  // of who is lost: what came and was skipped

        // As far as it is in a list that is read both ways.
        QList<LetterPlace> shownWith(const Source& behind) const;
    };
    struct Told {
        TitleMarks marks;
        QString id;
        int source = 0;
    };
    TitleMerge withoutSources() const;
    Key keyOf(const MediaItem& item) const;
    bool isBefore(const Key& a, const Key& b) const { return descending_ ? b < a : a < b; }
    int next() const;  // the source of what comes next, -1: nothing that one could know
    void tell(int source, const MediaItem& item, MediaPage& page);
    int total() const;
    QList<LetterPlace> letters() const;

    QString sort_;
    bool descending_;
    int few_;  // titles of a source that is nearly through
    std::vector<Source> sources_;
    QHash<QString, QList<Told>> told_;  // by plain title
    QHash<QString, int> copies_;        // that were left out, by letter
    int left_ = 0;                      // how many those are
};

}  // namespace marea::app
