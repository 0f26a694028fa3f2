#pragma once

#include <optional>
#include <QList>
#include <QString>
#include <QUrl>
#include <random>

namespace marea::player {

struct PlayEntry {
    QString mediaId;  // on the server; empty for a local file
    QUrl file;        // the local file
    QString title, artist, album, artwork;
    double duration = 0;  // seconds
    QString albumId = {};
    int disc = 0, track = 0;  // 0: unknown
    bool music = false;       // follows without a gap; a broken one is skipped
    int key = 0;              // given by the queue: tells two entries of the same title apart
    QString place = {};       // address of the library that has it; empty: the one in use
};

enum class Repeat { Off, All, One };

// What plays, what comes after it and what came before. A value: pure, one thread. Indices are places in entries(),
// the order that a person sees; shuffling changes the order of playing only, so that turning it off gives it back.
class PlayQueue {
public:
    explicit PlayQueue(unsigned seed = std::random_device{}());

    const QList<PlayEntry>& entries() const { return entries_; }
    int current() const;  // -1 when the queue is empty or over
    const PlayEntry* currentEntry() const { return at(current()); }
    const PlayEntry* at(int index) const;
    QList<int> upcoming() const;  // what is played after the current one, in that order

    void replace(QList<PlayEntry> entries, int current);
    void append(const QList<PlayEntry>& entries);      // shuffled: anywhere after the current one
    void insertNext(const QList<PlayEntry>& entries);  // right after the current one, in their order
    void remove(int index);                            // the current one: the one after it becomes current
    void move(int from, int to);
    void clear() { replace({}, -1); }

    void setShuffle(bool on);  // each entry once a round, the current one first
    bool shuffle() const { return shuffle_; }
    void setRepeat(Repeat repeat) { repeat_ = repeat; }
    Repeat repeat() const { return repeat_; }

    // What follows when the current one ends by itself; nothing at the end of the queue.
    std::optional<int> following() const;
    // Goes over to it. False at the end of the queue, where nothing changes.
    bool follow();
    // What a person's "next" and "previous" do: Repeat::One does not hold them.
    bool goNext();
    bool goPrevious();
    bool jump(int index);

private:
    int indexOf(int key) const;
    int keyed(PlayEntry& entry);
    void mix(qsizetype from);
    void startRound();
    std::optional<int> nextPlace() const;

    QList<PlayEntry> entries_;
    QList<int> order_;  // keys, as they are played
    QList<int>
        nextRound_;  // with shuffle and Repeat::All: the order after this one, fixed so that it can be told ahead
    qsizetype place_ = -1;  // in order_
    int lastKey_ = 0;
    bool shuffle_ = false;
    Repeat repeat_ = Repeat::Off;
    std::mt19937 random_;
};

}  // namespace marea::player
