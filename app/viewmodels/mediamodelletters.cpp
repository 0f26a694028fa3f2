#include <algorithm>
#include <utility>

#include "app/viewmodels/letters.h"
#include "app/viewmodels/mediamodel.h"

// Going to a letter: by reading as far as it, or, where that is far, by reading around it.
namespace marea::app {
namespace {

constexpr int kLargePage = 200;          // the server's limit
constexpr int kFarOff = 2 * kLargePage;  // rows that are not read to come to one

MediaQuery reversed(MediaQuery query) {
    query.order = query.order == QLatin1String("desc") ? QStringLiteral("asc") : QStringLiteral("desc");
    return query;
}

auto placeNamed(const QList<LetterPlace>& places, const QString& letter) {
    return std::find_if(places.begin(), places.end(), [&](const LetterPlace& place) { return place.letter == letter; });
}

QList<MediaItem> backwards(const QList<MediaItem>& items) {
    return {items.rbegin(), items.rend()};
}

}  // namespace

// What was read of both sides of where a letter begins, until there is as much as is wanted or no more.
struct MediaModel::Around {
    QString letter;
    int ahead = 0, behind = 0;  // rows that are wanted
    bool again = false;         // of what is shown already
    QString next, previous;     // cursors
    QList<MediaItem> after{}, before{};
    QList<std::pair<QString, MediaItem>> instead{};
    QList<LetterPlace> letters{};
    QStringList missing{};
    int total = -1;

    bool wantsAfter() const { return after.size() < ahead && !next.isEmpty(); }
    bool wantsBefore() const { return before.size() < behind && !previous.isEmpty(); }
    void addAfter(const MediaPage& page) {
        after << page.items;
        instead << page.instead;
        next = page.nextCursor;
        missing = page.missing;
        total = page.total;
        if (!page.letters.isEmpty())
            letters = page.letters;
    }
    void addBefore(const MediaPage& page) {
        before = backwards(page.items) + before;
        instead << page.instead;
        previous = page.nextCursor;
        missing = page.missing;
        if (page.letters.isEmpty())
            return;
        letters = page.letters;  // what stands before is less than was told, where a library is lost or has copies
        total = page.total;
    }
};

QVariantList MediaModel::letters() const {
    return letterRows(letters_, total());
}

// Rows of the list that stand before the first one here.
int MediaModel::offset() const {
    if (start_.isEmpty())
        return 0;
    return std::max(hasBefore() ? 1 : 0, rowOf(start_) - before_);
}

QString MediaModel::letterAt(int row) const {
    return letterOf(letters_, offset() + row);
}

int MediaModel::rowOf(const QString& letter) const {
    const auto places = letters();
    for (const auto& place : places)
        if (place.toMap().value(QStringLiteral("text")).toString() == letter.toUpper())
            return place.toMap().value(QStringLiteral("row")).toInt();
    return -1;
}

void MediaModel::reach(int row) {
    wanted_ = row;
    const QString letter = letterOf(letters_, row);
    letter_ = rowOf(letter) == row ? letter : QString();
    goOn();
}

void MediaModel::goOn() {
    if (wanted_ < 0 || loading_)
        return;
    if (const int row = rowOf(letter_); row >= 0)
        wanted_ = row;
    if (seekFar())
        return;
    if (wanted_ - offset() >= count() && canFetchMore({}))
        return fetch(Fetch::More);
    const int row = std::clamp(std::exchange(wanted_, -1) - offset(), 0, std::max(0, count() - 1));
    if (count() > 0)
        Q_EMIT reached(row);
}

// What the list begins with is read as any list is. Who told no cursors is read on.
bool MediaModel::seekFar() {
    const int row = wanted_ - offset();
    if (!seeks_ || !loaded_ || (row >= 0 && row < count() + kFarOff))
        return false;
    if (failed_) {
        wanted_ = -1;  // one stays where one is
        return true;
    }
    const QString letter = letterOf(letters_, wanted_);
    const auto place = placeNamed(letters_, letter);
    if (row < 0 && place == letters_.cbegin()) {
        fetch(Fetch::Anew);
        return true;
    }
    if (place == letters_.cend() || place->cursor.isEmpty() || letter == start_)
        return false;
    readAround({letter, 1, 1, false, place->cursor, place->before});
    return true;
}

// The same question again, of a list that went to a letter: `first` is its first page.
bool MediaModel::seekAgain(const MediaPage& first) {
    const auto place = placeNamed(first.letters, start_);
    if (start_.isEmpty() || place == first.letters.cend() || place->cursor.isEmpty())
        return false;
    Around around{start_, std::max(1, count() - before_), before_, true, place->cursor, place->before};
    around.letters = first.letters;
    readAround(std::move(around));
    return true;
}

void MediaModel::readAround(Around around) {
    auto query = pageQuery();
    if (std::max(around.ahead, around.behind) > query.limit)
        query.limit = kLargePage;
    if (around.wantsAfter())
        return request(query, around.next, [this, around](const MediaPage& page) {
            auto more = around;
            more.addAfter(page);
            readAround(std::move(more));
        });
    if (around.wantsBefore())
        return request(reversed(query), around.previous, [this, around](const MediaPage& page) {
            auto more = around;
            more.addBefore(page);
            readAround(std::move(more));
        });
    takeAround(around);
}

// Of the same list more may have come before what is shown: that stays.
void MediaModel::takeAround(const Around& around) {
    const auto more = around.again ? std::max<qsizetype>(0, around.before.size() - before_) : 0;
    start_ = around.letter;
    before_ = static_cast<int>(around.before.size() - more);
    back_ = around.previous;
    cursor_ = around.next;
    missing_ = around.missing;
    total_ = around.total;
    if (!around.letters.isEmpty())
        letters_ = around.letters;
    const auto items = around.before + around.after;
    if (around.again) {
        prepend(around.before.first(more));
        merge(items);
    } else {
        beginResetModel();
        items_ = items;
        endResetModel();
    }
    replace(around.instead);
    Q_EMIT countChanged();
    Q_EMIT lettersChanged();
    Q_EMIT stateChanged();
    goOn();
}

void MediaModel::fetchBefore() {
    if (!hasBefore() || !loaded_ || loading_ || failed_ || wanted_ >= 0)
        return;
    auto query = reversed(pageQuery());
    query.limit = kLargePage;
    request(query, back_, [this](const MediaPage& page) { takeBefore(page); });
}

void MediaModel::takeBefore(const MediaPage& page) {
    back_ = page.nextCursor;
    missing_ = page.missing;
    if (!page.letters.isEmpty()) {
        letters_ = page.letters;
        total_ = page.total;
    }
    prepend(backwards(page.items));
    replace(page.instead);
    Q_EMIT countChanged();
    Q_EMIT lettersChanged();
    Q_EMIT stateChanged();
    goOn();
}

void MediaModel::prepend(const QList<MediaItem>& items) {
    const int come = static_cast<int>(items.size());
    if (come == 0)
        return;
    Q_EMIT comesBefore();
    beginInsertRows({}, 0, come - 1);
    items_ = items + items_;
    before_ += come;
    endInsertRows();
    Q_EMIT cameBefore(come);
}

}  // namespace marea::app
