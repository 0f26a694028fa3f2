#include "app/offline/offlinerules.h"

#include <algorithm>

#include "core/library/resume.h"

namespace marea::app {

using State = OfflineTask::State;
using Why = OfflineTask::Why;

namespace {

constexpr int kFirstPause = 1000, kLongestPause = 60'000;

bool waits(const OfflineTask& task) {
    return task.state == State::Waiting || task.state == State::Preparing || task.state == State::Loading;
}

}  // namespace

Why whyNoRoom(qint64 more, const OfflineRoom& room) {
    if (room.limit > 0 && room.used + more > room.limit)
        return Why::Limit;
    return more + kDiskReserve > room.diskFree ? Why::DiskFull : Why::None;
}

QStringList toMakeWay(const QList<OfflineTask>& tasks, qint64 more, const OfflineRoom& room) {
    QList<OfflineTask> ahead;
    std::copy_if(tasks.begin(), tasks.end(), std::back_inserter(ahead), [](const auto& t) { return t.ahead; });
    std::sort(ahead.begin(), ahead.end(), [](const auto& a, const auto& b) { return a.usedAt < b.usedAt; });
    OfflineRoom left = room;
    QStringList gone;
    for (const auto& task : ahead) {
        if (whyNoRoom(more, left) == Why::None)
            break;
        gone << task.mediaId;
        left.used -= task.received;
        left.diskFree += task.received;
    }
    return whyNoRoom(more, left) == Why::None ? gone : QStringList();
}

int nextInTurn(const QList<OfflineTask>& tasks) {
    int best = -1;
    for (int i = 0; i < tasks.size(); ++i) {
        if (!waits(tasks[i]))
            continue;
        const auto earlier = [&](const OfflineTask& a, const OfflineTask& b) {
            return std::pair(a.ahead, a.addedAt) < std::pair(b.ahead, b.addedAt);
        };
        if (best < 0 || earlier(tasks[i], tasks[best]))
            best = i;
    }
    return best;
}

OfflineTask resumed(OfflineTask task) {
    const bool ran = waits(task) || (task.state == State::Paused && task.why != Why::Person);
    if (ran) {
        task.state = State::Waiting;
        task.why = Why::None;
        task.problem.clear();
    }
    return task;
}

int pauseBefore(int attempt) {
    return std::min(kLongestPause, kFirstPause << std::clamp(attempt - 1, 0, 6));
}

QList<MediaItem> toFetchAhead(const QList<MediaItem>& inOrder, const QString& current, int most,
                              const QList<OfflineTask>& tasks) {
    QList<MediaItem> found;
    const auto here = [&](const QString& id) {
        return std::any_of(tasks.begin(), tasks.end(), [&](const auto& task) { return task.mediaId == id; });
    };
    bool after = false;
    int considered = 0;
    for (const auto& item : inOrder) {
        if (after && considered < most && !item.broken()) {
            ++considered;
            if (!here(item.id))
                found << item;
        }
        after = after || item.id == current;
    }
    return found;
}

OfflineProgress progressAt(bool music, double position, double duration, double playedFrom, double creditsStart) {
    const auto next =
        core::library::resumeAfter({music ? "track" : "movie", duration, position, playedFrom, creditsStart});
    return {next.position, next.finished && !music};
}

}  // namespace marea::app
