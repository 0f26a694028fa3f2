#include "app/store/pagedlist.h"

namespace marea::app {

bool PagedList::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && !loading() && !failed() && !cursor_.isEmpty();
}

void PagedList::fetchMore(const QModelIndex& parent) {
    if (canFetchMore(parent))
        ask(cursor_, begin());
}

void PagedList::reload() {
    ask({}, begin());
}

void PagedList::onPage(const QString& nextCursor) {
    cursor_ = nextCursor;
    succeed();
}

void PagedList::clear() {
    drop();
    cursor_.clear();
    forget();
}

void PagedList::retranslate() {
    tellAllRows();
}

}  // namespace marea::app
