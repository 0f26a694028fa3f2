#ifdef __linux__

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>

#include "core/io/filehandle.h"
#include "core/library/filekinds.h"
#include "server/apps/catalog/watcher.h"

namespace marea::server {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::uint32_t kEvents = IN_CREATE | IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE |
                                  IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK | IN_DONT_FOLLOW;

// One thread reads the events, adds watches for new folders, and tells what has settled. inotify watches single
// folders, so there is one for each; a folder made and filled before its watch stood is told as changed itself.
class InotifyWatcher final : public Watcher {
public:
    InotifyWatcher(WatcherOptions options, Callbacks callbacks, std::shared_ptr<core::Logger> logger)
        : options_(options),
          callbacks_(std::move(callbacks)),
          logger_(std::move(logger)),
          inotify_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
          wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
          nextPoll_(Clock::now() + milliseconds(options.pollInterval)),
          thread_([this] { loop(); }) {}

    ~InotifyWatcher() override {
        stop_ = true;
        wake();
        thread_.join();
    }

    void add(const std::string& key, const std::string& path) override { order({key, path, fileTime(), true}); }
    void remove(const std::string& key) override { order({key, {}, {}, false}); }

private:
    struct Order {
        std::string key, path;
        timespec since{};
        bool add = false;
    };
    struct Root {
        std::string path;
        timespec since{};  // when it was to be watched
    };
    struct Watch {
        std::string key, folder;
    };
    struct Due {
        Clock::time_point first, last;
    };
    using Place = std::pair<std::string, std::string>;  // key, folder

    // The time that a file changed now would bear, and a little less: clocks of file systems are coarse.
    static timespec fileTime() {
        timespec now{};
        ::clock_gettime(CLOCK_REALTIME, &now);
        now.tv_sec -= 1;
        return now;
    }

    void order(Order order) {
        {
            const std::lock_guard lock(mutex_);
            orders_.push_back(std::move(order));
        }
        wake();
    }

    void wake() {
        const std::uint64_t one = 1;
        (void)!::write(wake_.get(), &one, sizeof one);
    }

    void loop() {
        while (!stop_) {
            pollfd descriptors[] = {{inotify_.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}};
            ::poll(descriptors, 2, waitMs());
            std::uint64_t count = 0;
            (void)!::read(wake_.get(), &count, sizeof count);
            takeOrders();
            readEvents();
            addPending();
            tellSettled();
            pollUnwatched();
        }
    }

    int waitMs() const {
        if (!pending_.empty()) {
            return 0;
        }
        return due_.empty() ? 1000 : 100;
    }

    void takeOrders() {
        std::vector<Order> orders;
        {
            const std::lock_guard lock(mutex_);
            orders.swap(orders_);
        }
        for (Order& order : orders) {
            forget(order.key);
            if (order.add) {
                roots_[order.key] = {order.path, order.since};
                pending_.push_back({order.key, ""});
            }
        }
    }

    void forget(const std::string& key) {
        for (auto it = watches_.begin(); it != watches_.end();) {
            if (it->second.key == key) {
                ::inotify_rm_watch(inotify_.get(), it->first);
                it = watches_.erase(it);
            } else {
                ++it;
            }
        }
        std::erase_if(due_, [&](const auto& entry) { return entry.first.first == key; });
        std::erase_if(pending_, [&](const Place& place) { return place.first == key; });
        roots_.erase(key);
        limited_.erase(key);
    }

    // A few folders at a time, so that events and stopping are not kept waiting by a large tree.
    void addPending() {
        for (int i = 0; i < 200 && !pending_.empty() && !stop_; ++i) {
            const Place place = std::move(pending_.front());
            pending_.pop_front();
            addWatch(place);
        }
    }

    void addWatch(const Place& place) {
        const auto root = roots_.find(place.first);
        if (root == roots_.end() || limited_.contains(place.first)) {
            return;
        }
        const std::string& base = root->second.path;
        const std::string path = place.second.empty() ? base : base + "/" + place.second;
        const int watch = ::inotify_add_watch(inotify_.get(), path.c_str(), kEvents);
        if (watch < 0) {
            if (errno == ENOSPC || errno == ENOMEM) {
                limited_.insert(place.first);
                logger_->warning(
                    "watch.limited",
                    {{"folder", base},
                     {"advice", "raise fs.inotify.max_user_watches; it is looked through from time to time"}});
            }
            return;
        }
        watches_[watch] = {place.first, place.second};
        DIR* folder = ::opendir(path.c_str());
        if (!folder) {
            return;
        }
        // It may have changed after it was scanned and before this watch stood.
        struct stat status {};
        const timespec& since = root->second.since;
        if (::fstat(::dirfd(folder), &status) == 0 &&
            std::pair(status.st_mtim.tv_sec, status.st_mtim.tv_nsec) >= std::pair(since.tv_sec, since.tv_nsec)) {
            touch(place);
        }
        while (const dirent* entry = ::readdir(folder)) {
            if (entry->d_type == DT_DIR && !core::library::ignoredName(entry->d_name)) {
                pending_.push_back({place.first, child(place.second, entry->d_name)});
            }
        }
        ::closedir(folder);
    }

    static std::string child(const std::string& folder, const std::string& name) {
        return folder.empty() ? name : folder + "/" + name;
    }

    void readEvents() {
        alignas(inotify_event) char buffer[64 * 1024];
        for (;;) {
            const ssize_t got = ::read(inotify_.get(), buffer, sizeof buffer);
            if (got <= 0) {
                return;
            }
            for (const char* at = buffer; at < buffer + got;) {
                const auto* event = reinterpret_cast<const inotify_event*>(at);
                take(*event);
                at += sizeof(inotify_event) + event->len;
            }
        }
    }

    void take(const inotify_event& event) {
        if (event.mask & IN_Q_OVERFLOW) {
            for (const auto& [key, root] : roots_) {
                callbacks_.changedAll(key);
                pending_.push_back({key, ""});
            }
            return;
        }
        const auto found = watches_.find(event.wd);
        if (found == watches_.end()) {
            return;
        }
        const Watch watch = found->second;
        if (event.mask & IN_IGNORED) {
            watches_.erase(found);
            return;
        }
        const std::string name = event.len ? event.name : "";
        if (!name.empty() && core::library::ignoredName(name) && name != ".nomedia") {
            return;
        }
        if ((event.mask & IN_ISDIR) && (event.mask & (IN_CREATE | IN_MOVED_TO))) {
            pending_.push_back({watch.key, child(watch.folder, name)});
            touch({watch.key, child(watch.folder, name)});
        }
        touch({watch.key, watch.folder});
    }

    void touch(const Place& place) {
        const auto now = Clock::now();
        const auto [entry, fresh] = due_.try_emplace(place, Due{now, now});
        entry->second.last = now;
    }

    void tellSettled() {
        const auto now = Clock::now();
        for (auto it = due_.begin(); it != due_.end() && !stop_;) {
            const bool quiet = now - it->second.last >= milliseconds(options_.settleMs);
            if (quiet || now - it->second.first >= milliseconds(options_.longestWaitMs)) {
                const Place place = it->first;
                it = due_.erase(it);
                callbacks_.changed(place.first, place.second);
            } else {
                ++it;
            }
        }
    }

    void pollUnwatched() {
        if (Clock::now() < nextPoll_) {
            return;
        }
        nextPoll_ = Clock::now() + milliseconds(options_.pollInterval);
        for (const auto& [key, root] : roots_) {
            // Also a root that was not there: its disk may have come back.
            const bool watched = std::any_of(watches_.begin(), watches_.end(), [&key = key](const auto& w) {
                return w.second.key == key && w.second.folder.empty();
            });
            if (!watched || limited_.contains(key)) {
                pending_.push_back({key, ""});
                callbacks_.changedAll(key);
            }
        }
    }

    WatcherOptions options_;
    Callbacks callbacks_;
    std::shared_ptr<core::Logger> logger_;
    core::FileHandle inotify_, wake_;
    std::mutex mutex_;
    std::vector<Order> orders_;
    std::atomic<bool> stop_{false};
    std::map<std::string, Root> roots_;
    std::unordered_map<int, Watch> watches_;
    std::deque<Place> pending_;
    std::map<Place, Due> due_;
    std::set<std::string> limited_;
    Clock::time_point nextPoll_;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace

std::unique_ptr<Watcher> makeWatcher(WatcherOptions options, Watcher::Callbacks callbacks,
                                     std::shared_ptr<core::Logger> logger) {
    return std::make_unique<InotifyWatcher>(options, std::move(callbacks), std::move(logger));
}

}  // namespace marea::server

#endif
