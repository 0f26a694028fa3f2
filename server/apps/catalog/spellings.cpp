#include "server/apps/catalog/spellings.h"

#include <optional>

namespace marea::server {

namespace {

constexpr std::size_t kSmall = 20'000;       // words that are read within a moment
constexpr std::int64_t kFewTitles = 20'000;  // of so many, the words are, too
constexpr auto kPause = std::chrono::seconds(60);

}  // namespace

void Spellings::changed() {
    const std::lock_guard lock(mutex_);
    stale_ = true;
}

// By what is kept counted. Where that cannot be read, neither can the words.
bool Spellings::hasFewTitles() const {
    const auto count = database_.readValue<std::optional<std::int64_t>>([](core::db::Session& session) {
        return session.first("SELECT coalesce(sum(items), 0) FROM item_counts", {},
                             [](const core::db::Row& row) { return row.integer(0); });
    });
    return !count || count->value_or(0) <= kFewTitles;
}

Spellings::Pointer Spellings::current() {
    std::unique_lock lock(mutex_);
    bool small = spelling_ && spelling_->size() <= kSmall;
    if (!spelling_) {
        lock.unlock();
        const bool few = hasFewTitles();
        lock.lock();
        small = spelling_ ? spelling_->size() <= kSmall : few;
    }
    if (small) {
        made_.wait(lock, [this] { return !making_; });
    }
    if (!stale_ || making_) {
        return spelling_;
    }
    if (!small && std::chrono::steady_clock::now() < nextAt_) {
        return spelling_;
    }
    making_ = true;
    stale_ = false;  // what changes from here on may not be in it
    const Pointer old = spelling_;
    lock.unlock();
    if (small) {
        return make();
    }
    makeInBackground();
    return old;
}

void Spellings::makeInBackground() {
    const auto work = [self = weak_from_this()] {
        if (const auto spellings = self.lock()) {
            spellings->make();
        }
    };
    if (!pool_.post(work)) {
        const std::lock_guard lock(mutex_);
        making_ = false;
        stale_ = true;
        made_.notify_all();
    }
}

Spellings::Pointer Spellings::make() {
    auto read = this->read();
    if (!read) {
        logger_->warning("catalogue.words_unread", {{"detail", read.error().detail}});
    }
    const std::lock_guard lock(mutex_);
    spelling_ = read ? *read : spelling_;
    stale_ = stale_ || !read;
    making_ = false;
    nextAt_ = std::chrono::steady_clock::now() + kPause;
    made_.notify_all();
    return spelling_;
}

core::Result<Spellings::Pointer> Spellings::read() {
    return database_.readValue<Pointer>([](core::db::Session& session) -> core::Result<Pointer> {
        auto words = session.all("SELECT term, doc FROM search_words ORDER BY term", {}, [](const core::db::Row& row) {
            return core::library::Spelling::Word{row.string(0), row.integer(1)};
        });
        return words ? core::Result<Pointer>(std::make_shared<const core::library::Spelling>(*words))
                     : core::unexpected<core::Error>(words.error());
    });
}

}  // namespace marea::server
