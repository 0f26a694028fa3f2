#include "app/viewmodels/mediamodel.h"

#include <algorithm>
#include <utility>

#include "app/viewmodels/mediaroles.h"
#include "app/viewmodels/texts.h"
#include "app/viewmodels/titleref.h"

namespace marea::app {
namespace {

constexpr int kMostOfAPage = 200;  // the server's limit

const QString kLetters = QStringLiteral("letters");

}  // namespace

MediaModel::MediaModel(ApiClient& api, MediaQuery query, QObject* parent)
    : QAbstractListModel(parent),
      api_(api),
      pages_([this](const MediaQuery& asked, const QString& cursor) { return api_.media(asked, cursor); }),
      query_(std::move(query)) {
    connect(&api_, &ApiClient::userChanged, this,
            [this](const QString& id, const UserChange& change) { changeUser({}, id, change); });
}

void MediaModel::setPages(Pages pages, Rest rest) {
    pages_ = std::move(pages);
    rest_ = std::move(rest);
    ownPages_ = false;
}

std::unique_ptr<MediaModel> MediaModel::rest() const {
    if (!ownPages_ && (!rest_ || loading_ || failed_))
        return nullptr;
    auto list = std::make_unique<MediaModel>(api_, query_);
    if (!ownPages_)
        list->setPages(rest_());
    list->query_.limit = kMostOfAPage;
    list->cursor_ = cursor_;
    list->loaded_ = true;
    return list;
}

int MediaModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> MediaModel::roleNames() const {
    return mediaRoles();
}

QVariant MediaModel::data(const QModelIndex& index, int role) const {
    return index.isValid() && index.row() < count() ? mediaRole(items_[index.row()], role) : QVariant();
}

bool MediaModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && loaded_ && !loading_ && !failed_ && !cursor_.isEmpty();
}

void MediaModel::fetchMore(const QModelIndex& parent) {
    if (canFetchMore(parent))
        fetch(Fetch::More);
}

void MediaModel::fetchAgain() {
    if (failed_ && loaded_ && hasMore())
        fetch(Fetch::More);
}

void MediaModel::reload() {
    fetch(loaded_ ? Fetch::Again : Fetch::Anew);
}

void MediaModel::ensure() {
    if (!loaded_ && !loading_)
        fetch(Fetch::Anew);
}

void MediaModel::ask() {
    cursor_.clear();  // of the list that was; whoever hears of the new one may ask for more
    Q_EMIT queryChanged();
    fetch(Fetch::Anew);
}

void MediaModel::setQuery(MediaQuery query) {
    query_ = std::move(query);
    ask();
}

void MediaModel::setSort(const QString& sort, const QString& order) {
    query_.sort = sort;
    query_.order = order;
    ask();
}

bool MediaModel::filtered() const {
    return !query_.state.isEmpty() || !query_.genres.isEmpty() || query_.yearFrom > 0 || query_.ratingFrom > 0;
}

void MediaModel::setFilter(const QString& state) {
    query_.state = state;
    ask();
}

void MediaModel::setGenres(const QStringList& genres) {
    query_.genres = genres;
    ask();
}

void MediaModel::setYears(int from, int to) {
    query_.yearFrom = from;
    query_.yearTo = to;
    ask();
}

void MediaModel::setRatingFrom(int rating) {
    query_.ratingFrom = rating;
    ask();
}

void MediaModel::clearFilters() {
    query_.state.clear();
    query_.genres.clear();
    query_.yearFrom = query_.yearTo = query_.ratingFrom = 0;
    ask();
}

void MediaModel::moveRow(int from, int to) {
    beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
    items_.move(from, to);
    endMoveRows();
}

void MediaModel::takeRow(int row) {
    beginRemoveRows({}, row, row);
    items_.removeAt(row);
    endRemoveRows();
    total_ = std::max(-1, total_ - 1);
    Q_EMIT countChanged();
}

// What the user made of a title, here: at once, in whatever list it stands.
void MediaModel::changeUser(const QString& place, const QString& id, const UserChange& change) {
    for (int row = 0; row < count(); ++row) {
        if (items_[row].id != id || items_[row].place != place)
            continue;
        apply(change, items_[row]);
        Q_EMIT dataChanged(index(row), index(row));
    }
}

QString MediaModel::idAt(int row) const {
    return row >= 0 && row < count() ? items_[row].id : QString();
}

QStringList MediaModel::refsAt(const QVariantList& rows) const {
    QStringList refs;
    for (const auto& row : rows)
        if (!idAt(row.toInt()).isEmpty())
            refs << refOf(items_[row.toInt()]);
    return refs;
}

void MediaModel::clear() {
    ++generation_;
    beginResetModel();
    items_.clear();
    endResetModel();
    letters_.clear();
    missing_.clear();
    wanted_ = -1;
    letter_.clear();
    cursor_.clear();
    start_.clear();
    back_.clear();
    before_ = 0;
    total_ = -1;
    loading_ = loaded_ = failed_ = false;
    Q_EMIT countChanged();
    Q_EMIT lettersChanged();
    Q_EMIT stateChanged();
}

void MediaModel::retranslate() {
    if (!items_.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
    Q_EMIT lettersChanged();
}

void MediaModel::fetch(Fetch how, MediaPage sofar) {
    const bool first = how != Fetch::More && sofar.nextCursor.isEmpty();
    auto query = first ? query_ : pageQuery();
    if ((how == Fetch::More && wanted_ >= 0) || (how == Fetch::Again && count() > query.limit))
        query.limit = kMostOfAPage;
    const QString cursor = first ? QString() : how == Fetch::More ? cursor_ : sofar.nextCursor;
    const auto forget = [this, how] {
        if (how == Fetch::Anew && !query_.search.isEmpty())
            take({}, how);  // what other words found
    };
    const auto then = [this, how, sofar = std::move(sofar)](const MediaPage& page) { onPage(how, page, sofar); };
    request(query, cursor, then, forget);
}

void MediaModel::request(const MediaQuery& query, const QString& cursor, std::function<void(const MediaPage&)> then,
                         std::function<void()> otherwise) {
    loading_ = true;
    failed_ = false;
    const int generation = ++generation_;
    Q_EMIT stateChanged();
    deliver(pages_(query, cursor), this,
            [this, generation, then = std::move(then),
             otherwise = std::move(otherwise)](const core::Result<MediaPage>& page) {
                if (generation != generation_)
                    return;
                if (!page && otherwise)
                    otherwise();
                if (!page)
                    return fail(page.error());
                loading_ = false;
                then(ofKind(*page));
            });
}

// Of a page that is not the first: letters are told once.
MediaQuery MediaModel::pageQuery() const {
    auto query = query_;
    if (query.fields == kLetters)
        query.fields.clear();
    return query;
}

void MediaModel::fail(const core::Error& error) {
    ++generation_;
    loading_ = false;
    failed_ = true;
    error_ = error;
    errorText_ = texts::error(error);
    Q_EMIT stateChanged();
    goOn();
}

// Asked again, a list comes as far as it was shown, so that nobody who is far down in it is thrown back.
void MediaModel::onPage(Fetch how, MediaPage page, MediaPage sofar) {
    if (!sofar.nextCursor.isEmpty()) {
        page.items = sofar.items + page.items;
        page.instead = sofar.instead + page.instead;
        if (page.letters.isEmpty())
            page.letters = sofar.letters;
    }
    if (how == Fetch::Again && sofar.nextCursor.isEmpty() && seekAgain(page))
        return;
    if (how == Fetch::Again && page.items.size() < count() && !page.nextCursor.isEmpty())
        return fetch(how, std::move(page));
    loaded_ = true;
    take(page, how);
    Q_EMIT stateChanged();
    goOn();
}

// The user's own lists hold every kind; this view shows one.
MediaPage MediaModel::ofKind(MediaPage page) const {
    if (query_.libraryState.isEmpty() || query_.kind.isEmpty())
        return page;
    const auto kinds = query_.kind.split(QLatin1Char(','));
    page.items.removeIf([&](const MediaItem& item) { return !kinds.contains(item.kind); });
    page.total = -1;
    return page;
}

void MediaModel::take(const MediaPage& page, Fetch how) {
    if (how == Fetch::Anew && inPlace_) {
        exchange(page.items);
    } else if (how == Fetch::Anew) {
        beginResetModel();
        items_ = page.items;
        endResetModel();
    } else {
        merge(how == Fetch::More ? items_ + page.items : page.items);
    }
    if (how != Fetch::More) {
        start_.clear();
        back_.clear();
        before_ = 0;
    }
    replace(page.instead);
    cursor_ = page.nextCursor;
    total_ = page.total;
    missing_ = page.missing;
    Q_EMIT countChanged();
    if (how == Fetch::More && page.letters.isEmpty())
        return;
    letters_ = page.letters;
    Q_EMIT lettersChanged();
}

void MediaModel::replace(const QList<std::pair<QString, MediaItem>>& instead) {
    for (const auto& [id, item] : instead)
        for (int row = 0; row < count(); ++row)
            if (items_[row].id == id) {
                items_[row] = item;
                Q_EMIT dataChanged(index(row), index(row));
            }
}

// What the old and the new list share at both ends stays, with its new words; the rest between goes and comes.
void MediaModel::merge(const QList<MediaItem>& items) {
    const auto same = [](const MediaItem& a, const MediaItem& b) { return a.id == b.id && a.entryId == b.entryId; };
    const auto shorter = std::min(items_.size(), items.size());
    const auto head =
        std::mismatch(items_.begin(), items_.begin() + shorter, items.begin(), same).first - items_.begin();
    const auto tail = std::mismatch(items_.rbegin(), items_.rbegin() + (shorter - head), items.rbegin(), same).first -
                      items_.rbegin();
    const int first = static_cast<int>(head);
    if (const int gone = static_cast<int>(items_.size() - head - tail); gone > 0) {
        beginRemoveRows({}, first, first + gone - 1);
        items_.remove(first, gone);
        endRemoveRows();
    }
    const int come = static_cast<int>(items.size() - head - tail);
    if (come > 0)
        beginInsertRows({}, first, first + come - 1);
    items_ = items;
    if (come > 0)
        endInsertRows();
    if (first > 0)
        Q_EMIT dataChanged(index(0), index(first - 1));
    if (tail > 0)
        Q_EMIT dataChanged(index(first + come), index(count() - 1));
}

void MediaModel::exchange(const QList<MediaItem>& items) {
    const int come = static_cast<int>(items.size());
    if (const int gone = count() - come; gone > 0) {
        beginRemoveRows({}, come, count() - 1);
        items_.remove(come, gone);
        endRemoveRows();
    }
    const int stay = count();
    if (come > stay)
        beginInsertRows({}, stay, come - 1);
    items_ = items;
    if (come > stay)
        endInsertRows();
    if (stay > 0)
        Q_EMIT dataChanged(index(0), index(stay - 1));
    Q_EMIT exchanged();
}

}  // namespace marea::app
