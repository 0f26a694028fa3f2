#include "player/session/playqueue.h"

#include <algorithm>

namespace marea::player {

PlayQueue::PlayQueue(unsigned seed) : random_(seed) {}

int PlayQueue::indexOf(int key) const {
    const auto found =
        std::find_if(entries_.begin(), entries_.end(), [key](const PlayEntry& e) { return e.key == key; });
    return found == entries_.end() ? -1 : static_cast<int>(found - entries_.begin());
}

int PlayQueue::current() const {
    return place_ >= 0 && place_ < order_.size() ? indexOf(order_.at(place_)) : -1;
}

const PlayEntry* PlayQueue::at(int index) const {
    return index >= 0 && index < entries_.size() ? &entries_.at(index) : nullptr;
}

QList<int> PlayQueue::upcoming() const {
    QList<int> out;
    for (qsizetype i = place_ + 1; i < order_.size(); ++i) {
        out.append(indexOf(order_.at(i)));
    }
    return out;
}

int PlayQueue::keyed(PlayEntry& entry) {
    return entry.key = ++lastKey_;
}

// Fisher–Yates over what comes from `from` on: every order is equally likely.
void PlayQueue::mix(qsizetype from) {
    for (qsizetype i = order_.size() - 1; i > from; --i) {
        const auto other = std::uniform_int_distribution<qsizetype>(from, i)(random_);
        order_.swapItemsAt(i, other);
    }
}

// A new round puts the title just heard not first again.
void PlayQueue::startRound() {
    nextRound_.clear();
    if (!shuffle_ || order_.size() < 2) {
        return;
    }
    const QList<int> kept = order_;
    mix(0);
    if (order_.first() == kept.last()) {
        order_.swapItemsAt(0, order_.size() - 1);
    }
    nextRound_ = order_;
    order_ = kept;
}

void PlayQueue::replace(QList<PlayEntry> entries, int current) {
    entries_ = std::move(entries);
    order_.clear();
    for (PlayEntry& entry : entries_) {
        order_.append(keyed(entry));
    }
    place_ = entries_.isEmpty() ? -1 : std::clamp<qsizetype>(current, 0, entries_.size() - 1);
    nextRound_.clear();
    if (shuffle_) {
        setShuffle(true);
    }
}

void PlayQueue::append(const QList<PlayEntry>& entries) {
    for (PlayEntry entry : entries) {
        const int key = keyed(entry);
        entries_.append(entry);
        const auto at =
            shuffle_ ? std::uniform_int_distribution<qsizetype>(place_ + 1, order_.size())(random_) : order_.size();
        order_.insert(at, key);
    }
    place_ = place_ < 0 && !entries_.isEmpty() ? 0 : place_;
    startRound();
}

void PlayQueue::insertNext(const QList<PlayEntry>& entries) {
    int index = current() + 1;
    qsizetype place = place_ + 1;
    for (PlayEntry entry : entries) {
        order_.insert(place++, keyed(entry));
        entries_.insert(index++, entry);
    }
    place_ = place_ < 0 && !entries_.isEmpty() ? 0 : place_;
    startRound();
}

void PlayQueue::remove(int index) {
    if (!at(index)) {
        return;
    }
    const auto place = order_.indexOf(entries_.at(index).key);
    order_.removeAt(place);
    entries_.removeAt(index);
    if (place < place_) {
        --place_;
    }
    place_ = std::min(place_, order_.size() - 1);
    startRound();
}

void PlayQueue::move(int from, int to) {
    if (!at(from) || !at(to) || from == to) {
        return;
    }
    const int playing = place_ >= 0 ? order_.at(place_) : 0;
    entries_.move(from, to);
    if (shuffle_) {
        return;
    }
    order_.clear();
    for (const PlayEntry& entry : entries_) {
        order_.append(entry.key);
    }
    place_ = order_.indexOf(playing);
}

void PlayQueue::setShuffle(bool on) {
    shuffle_ = on;
    const int playing = place_ >= 0 ? order_.at(place_) : 0;
    order_.clear();
    for (const PlayEntry& entry : entries_) {
        order_.append(entry.key);
    }
    place_ = order_.indexOf(playing);
    if (on && place_ >= 0) {
        order_.swapItemsAt(0, place_);
        place_ = 0;
        mix(1);
    }
    startRound();
}

std::optional<int> PlayQueue::nextPlace() const {
    if (place_ + 1 < order_.size()) {
        return indexOf(order_.at(place_ + 1));
    }
    if (repeat_ != Repeat::All || order_.isEmpty()) {
        return std::nullopt;
    }
    return indexOf(nextRound_.isEmpty() ? order_.first() : nextRound_.first());
}

std::optional<int> PlayQueue::following() const {
    if (repeat_ == Repeat::One && current() >= 0) {
        return current();
    }
    return nextPlace();
}

bool PlayQueue::follow() {
    return repeat_ == Repeat::One && current() >= 0 ? true : goNext();
}

bool PlayQueue::goNext() {
    if (place_ + 1 < order_.size()) {
        ++place_;
        return true;
    }
    if (repeat_ != Repeat::All || order_.isEmpty()) {
        return false;
    }
    if (!nextRound_.isEmpty()) {
        order_ = nextRound_;
        startRound();
    }
    place_ = 0;
    return true;
}

bool PlayQueue::goPrevious() {
    if (place_ > 0) {
        --place_;
        return true;
    }
    if (repeat_ != Repeat::All || order_.isEmpty() || shuffle_) {
        return false;
    }
    place_ = order_.size() - 1;
    return true;
}

bool PlayQueue::jump(int index) {
    if (!at(index)) {
        return false;
    }
    place_ = order_.indexOf(entries_.at(index).key);
    return true;
}

}  // namespace marea::player
