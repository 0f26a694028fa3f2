#include "app/store/pagedlist.h"

#include "app/viewmodels/texts.h"

namespace marea::app {

int PagedList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

bool PagedList::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && !loading_ && !failed_ && !cursor_.isEmpty();
}

void PagedList::fetchMore(const QModelIndex& parent) {
    if (canFetchMore(parent))
        fetch(cursor_);
}

void PagedList::reload() {
    fetch({});
}

void PagedList::fetch(const QString& cursor) {
    loading_ = true;
    failed_ = false;
    Q_EMIT changed();
    ask(cursor, ++generation_);
}

void PagedList::onPage(const QString& nextCursor) {
    loaded_ = true;
    cursor_ = nextCursor;
    end(false);
}

void PagedList::onError(const core::Error& error) {
    error_ = texts::error(error);
    end(true);
}

void PagedList::end(bool failed) {
    loading_ = false;
    failed_ = failed;
    Q_EMIT changed();
}

void PagedList::clear() {
    ++generation_;
    drop();
    cursor_.clear();
    loading_ = loaded_ = failed_ = false;
    Q_EMIT changed();
}

void PagedList::retranslate() {
    if (count() > 0)
        Q_EMIT dataChanged(index(0), index(count() - 1));
}

}  // namespace marea::app
