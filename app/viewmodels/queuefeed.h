#pragma once

#include <memory>
#include <QPointer>

#include "app/viewmodels/mediamodel.h"
#include "app/viewmodels/playerviewmodel.h"

namespace marea::app {

// A list that plays goes on where its pages end that were there when it began: what follows is asked for in time, until
// something else is played, wherever one goes in what is shown of it. GUI thread; the player must outlive it.
class QueueFeed : public QObject {
    Q_OBJECT
public:
    explicit QueueFeed(PlayerViewModel& player, QObject* parent = nullptr);

    // The queue holds the rows of `list` that are there. `all`: the rest comes at once, to be shuffled among them.
    void feed(MediaModel& list, bool all);
    void forget();

private:
    void look();
    void follow(MediaModel& list);
    void part();
    void fetch();
    int nextRow() const;
    void take(int from);

    PlayerViewModel& player_;
    std::unique_ptr<MediaModel> own_;
    QPointer<MediaModel> list_;  // own_, or the one that is shown
    QString last_;               // of it that is in the queue
    qsizetype ahead_ = 0;        // so many are to be upcoming
    int asked_ = 0;              // the key of what played when the last page was asked for
    bool taking_ = false;
};

}  // namespace marea::app
