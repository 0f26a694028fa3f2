#pragma once

#include <functional>
#include <memory>
#include <QAbstractListModel>
#include <QVariantList>

#include "app/api/apiclient.h"

namespace marea::app {

// A list of titles of the server, fetched page by page as the view comes near the end. One that seeks goes to a letter
// far down without what lies between: it holds what stands around it then, and reads on at both ends. GUI thread.
class MediaModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int total READ total NOTIFY countChanged)
    Q_PROPERTY(bool loading READ loading NOTIFY stateChanged)
    Q_PROPERTY(bool loaded READ loaded NOTIFY stateChanged)
    Q_PROPERTY(bool failed READ failed NOTIFY stateChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY stateChanged)
    // Addresses of libraries that the list should have titles of and that did not answer; "": the one in use.
    Q_PROPERTY(QStringList missing READ missing NOTIFY stateChanged)
    Q_PROPERTY(QString sort READ sort NOTIFY queryChanged)
    Q_PROPERTY(QString order READ order NOTIFY queryChanged)
    Q_PROPERTY(QString filter READ state NOTIFY queryChanged)  // "", "favourite", "in_progress", "watched", …
    Q_PROPERTY(QStringList genres READ genres NOTIFY queryChanged)
    Q_PROPERTY(int yearFrom READ yearFrom NOTIFY queryChanged)  // of a decade, or of what there is; 0: any
    Q_PROPERTY(int ratingFrom READ ratingFrom NOTIFY queryChanged)
    Q_PROPERTY(bool filtered READ filtered NOTIFY queryChanged)
    // The alphabet of a list by title, artist or album, {text, row, present}: `row` is where the letter begins, or
    // would. Empty when the server did not say.
    Q_PROPERTY(QVariantList letters READ letters NOTIFY lettersChanged)
public:
    using Pages = std::function<Reply<MediaPage>(const MediaQuery& query, const QString& cursor)>;
    using Rest = std::function<Pages()>;

    MediaModel(ApiClient& api, MediaQuery query, QObject* parent = nullptr);
    // Others than the server's. `rest`: what goes on after the last page of them that came, by itself.
    void setPages(Pages pages, Rest rest = {});
    // A list of what comes after the rows that are here, which outlives this one, wherever this one goes. Null where
    // nobody could say, or not yet: while it loads.
    std::unique_ptr<MediaModel> rest() const;
    bool hasMore() const { return !cursor_.isEmpty(); }  // titles after its last row
    void fetchAgain();                                   // the next page, which failed

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    int count() const { return static_cast<int>(items_.size()); }
    int total() const { return total_ < 0 ? count() : total_; }
    bool loading() const { return loading_; }
    bool loaded() const { return loaded_; }
    bool failed() const { return failed_; }
    QString errorText() const { return errorText_; }
    const core::Error& error() const { return error_; }  // why it failed last
    const QStringList& missing() const { return missing_; }
    QString sort() const { return query_.sort; }
    QString order() const { return query_.order; }
    bool filtered() const;
    QString state() const { return query_.state; }
    QStringList genres() const { return query_.genres; }
    int yearFrom() const { return query_.yearFrom; }
    int ratingFrom() const { return query_.ratingFrom; }
    QVariantList letters() const;
    const QList<MediaItem>& items() const { return items_; }
    const MediaQuery& query() const { return query_; }

    Q_INVOKABLE void reload();  // keeps what is shown, and of the new what is as before keeps its place on the screen
    Q_INVOKABLE void ensure();  // loads unless it has
    Q_INVOKABLE void setSort(const QString& sort, const QString& order);
    Q_INVOKABLE void setFilter(const QString& state);
    Q_INVOKABLE void setGenres(const QStringList& genres);  // any of them
    Q_INVOKABLE void setYears(int from, int to);            // 0, 0: any
    Q_INVOKABLE void setRatingFrom(int rating);             // 0: any
    Q_INVOKABLE void clearFilters();
    Q_INVOKABLE QString idAt(int row) const;
    Q_INVOKABLE QStringList refsAt(const QVariantList& rows) const;  // see titleref.h
    Q_INVOKABLE QString letterAt(int row) const;                     // under which the row stands, "" unknown
    // Of the whole list: where the letter begins or would, -1 unknown; and loads that row, then reached().
    Q_INVOKABLE int rowOf(const QString& letter) const;
    Q_INVOKABLE void reach(int row);
    Q_INVOKABLE bool hasBefore() const { return !back_.isEmpty(); }  // titles before its first row
    Q_INVOKABLE void fetchBefore();
    void setSeeks(bool seeks) { seeks_ = seeks; }
    void setQuery(MediaQuery query);
    // Titles that answer another question take the rows of those before, so that what shows them takes new words and is
    // not made anew: for lists that are asked at each letter.
    void setInPlace(bool inPlace) { inPlace_ = inPlace; }
    void moveRow(int from, int to);  // `to`: where it stands afterwards
    void takeRow(int row);
    // Made of a title in the library at that address; "": in the one in use.
    void changeUser(const QString& place, const QString& id, const UserChange& change);
    void clear();
    void fail(const core::Error& error);  // it could not even be asked for
    void retranslate();                   // the words of every row again

Q_SIGNALS:
    void countChanged();
    void stateChanged();
    void queryChanged();
    void lettersChanged();
    void reached(int row);  // of this model
    void comesBefore();     // rows, before the first one; then how many there were
    void cameBefore(int rows);
    void exchanged();  // the rows are other titles' now; see setInPlace

private:
    enum class Fetch { Anew, Again, More };  // another question, the same one, its next page
    struct Around;

    void request(const MediaQuery& query, const QString& cursor, std::function<void(const MediaPage&)> then,
                 std::function<void()> otherwise = {});
    MediaQuery pageQuery() const;
    int offset() const;
    bool seekFar();
    void readAround(Around around);
    void takeAround(const Around& around);
    void takeBefore(const MediaPage& page);
    void prepend(const QList<MediaItem>& items);
    bool seekAgain(const MediaPage& first);
    void fetch(Fetch how, MediaPage sofar = {});
    void onPage(Fetch how, MediaPage page, MediaPage sofar);
    void goOn();
    void ask();
    void take(const MediaPage& page, Fetch how);
    void replace(const QList<std::pair<QString, MediaItem>>& instead);
    void merge(const QList<MediaItem>& items);
    void exchange(const QList<MediaItem>& items);
    MediaPage ofKind(MediaPage page) const;

    ApiClient& api_;
    Pages pages_;
    Rest rest_;
    MediaQuery query_;
    QList<MediaItem> items_;
    QList<LetterPlace> letters_;
    QStringList missing_;
    QString cursor_, errorText_;
    // A list that went to a letter: which, so many rows stand before it, and the cursor of what stands before those.
    QString start_, back_;
    int before_ = 0;
    core::Error error_;
    int total_ = -1;
    int wanted_ = -1;     // a row of the whole list that somebody waits for
    QString letter_;      // that it is the first one of, if so: where it begins may be told anew meanwhile
    int generation_ = 0;  // answers to older questions are dropped
    bool loading_ = false, loaded_ = false, failed_ = false, inPlace_ = false, seeks_ = false, ownPages_ = true;
};

}  // namespace marea::app
