#include "app/viewmodels/serverlist.h"

#include "app/viewmodels/texts.h"

namespace marea::app {

int ServerList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

int ServerList::begin() {
    loading_ = true;
    failed_ = false;
    Q_EMIT changed();
    return ++generation_;
}

void ServerList::succeed() {
    loaded_ = true;
    end(false);
}

void ServerList::fail(const core::Error& error) {
    error_ = texts::error(error);
    end(true);
}

void ServerList::end(bool failed) {
    loading_ = false;
    failed_ = failed;
    Q_EMIT changed();
}

void ServerList::forget() {
    ++generation_;
    loading_ = loaded_ = failed_ = false;
    Q_EMIT changed();
}

void ServerList::tellAllRows() {
    if (count() > 0)
        Q_EMIT dataChanged(index(0), index(count() - 1));
}

}  // namespace marea::app
