#include "app/viewmodels/queuefeed.h"

#include "app/viewmodels/titleactions.h"
#include "app/viewmodels/titleref.h"

namespace marea::app {
namespace {

constexpr qsizetype kFedInTime = 20;       // titles before the end of the queue
constexpr qsizetype kMostShuffled = 5000;  // that are shuffled

}  // namespace

QueueFeed::QueueFeed(PlayerViewModel& player, QObject* parent) : QObject(parent), player_(player) {
    connect(&player_, &PlayerViewModel::replaced, this, &QueueFeed::forget);
    connect(&player_, &PlayerViewModel::entryChanged, this, &QueueFeed::look);
    connect(&player_, &PlayerViewModel::queueChanged, this, &QueueFeed::look);
}

void QueueFeed::feed(MediaModel& list, bool all) {
    forget();
    if (list.count() == 0 || !list.canFetchMore({}))
        return;
    own_ = list.rest();
    list_ = own_ ? own_.get() : &list;
    last_ = own_ ? QString() : refOf(list.items().last());
    ahead_ = all ? kMostShuffled : kFedInTime;
    connect(list_, &MediaModel::countChanged, this, &QueueFeed::look);
    connect(list_, &MediaModel::queryChanged, this, &QueueFeed::forget);  // what is shown is another list by now
    look();
}

void QueueFeed::forget() {
    if (list_)
        list_->disconnect(this);
    list_.clear();
    if (own_)
        own_.release()->deleteLater();  // it may be telling of itself
}

void QueueFeed::look() {
    if (taking_ || !list_)
        return;
    if (!player_.loaded())
        return forget();
    if (player_.playQueue().upcoming().size() >= ahead_)
        return;
    const int row = nextRow();
    if (row >= 0 && row < list_->count())
        take(row);
    else if (row >= 0 && list_->canFetchMore({}))
        list_->fetchMore({});
    else if (!list_->loading())
        forget();  // it is over, or has changed so that nobody could say what follows
}

int QueueFeed::nextRow() const {
    if (last_.isEmpty())
        return 0;
    for (int row = list_->count() - 1; row >= 0; --row)
        if (refOf(list_->items()[row]) == last_)
            return row + 1;
    return -1;
}

void QueueFeed::take(int from) {
    const auto items = list_->items().mid(from);
    last_ = refOf(items.last());
    taking_ = true;
    player_.append(playable(items));
    taking_ = false;
    look();
}

}  // namespace marea::app
