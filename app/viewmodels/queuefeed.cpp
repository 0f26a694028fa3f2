#include "app/viewmodels/queuefeed.h"

#include <utility>

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
    if (list.count() == 0 || !list.hasMore())
        return;
    last_ = refOf(list.items().last());
    ahead_ = all ? kMostShuffled : kFedInTime;
    follow(list);
    look();
}

void QueueFeed::follow(MediaModel& list) {
    if (list_)
        list_->disconnect(this);
    list_ = &list;
    connect(list_, &MediaModel::countChanged, this, &QueueFeed::look);
    connect(list_, &MediaModel::queryChanged, this, &QueueFeed::forget);  // what is shown is another list by now
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
    if (!own_)
        part();
    if (!list_ || player_.playQueue().upcoming().size() >= ahead_)
        return;
    const int row = nextRow();
    if (row < 0 || row > list_->count())
        return list_->loading() ? void() : forget();  // it has changed so that nobody could say what follows
    if (row == list_->count())
        return fetch();
    take(row);
    look();
}

// What is shown may go elsewhere: what follows is read beside it, as soon as that can be had.
void QueueFeed::part() {
    auto rest = list_->rest();
    if (!rest)
        return;
    const int row = nextRow();
    if (row < 0)
        return forget();
    if (row < list_->count())
        take(row);
    own_ = std::move(rest);
    last_.clear();
    follow(*own_);
}

// A page that failed is asked for again with each title that begins.
void QueueFeed::fetch() {
    const auto* now = player_.playQueue().currentEntry();
    const int key = now ? now->key : 0;
    const bool another = std::exchange(asked_, key) != key;
    if (list_->canFetchMore({}))
        list_->fetchMore({});
    else if (list_->failed() && own_ && another)
        list_->fetchAgain();
    else if (!list_->loading() && !list_->failed())
        forget();  // it is over
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
}

}  // namespace marea::app
