#include "server/apps/uploads/uploads.h"

#include "server/apps/catalog/catalog.h"
#include "server/apps/uploads/stagedfile.h"
#include "server/apps/uploads/uploadsink.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;
using core::unexpected;

namespace {

constexpr core::TimeMs kSweepEvery = core::TimeMs{60} * 60 * 1000;
constexpr std::int64_t kSpareBytes = std::int64_t{64} << 20;  // of a disk, left for what the server itself writes

}  // namespace

Uploads::Uploads(core::db::Database& database, Catalog& catalog, std::shared_ptr<const core::Clock> clock,
                 std::shared_ptr<core::Logger> logger, WorkPool& pool)
    : store_(database),
      libraries_(database),
      catalog_(catalog),
      clock_(std::move(clock)),
      logger_(std::move(logger)),
      pool_(pool) {}

Result<Uploads::State> Uploads::create(const core::Id& userId, const UploadWish& wish) {
    auto libraries = libraries_.all();
    if (!libraries) {
        return unexpected<core::Error>(libraries.error());
    }
    UploadRow row;
    for (const LibraryRow& library : *libraries) {
        row.folder = library.id == wish.libraryId ? library.path : row.folder;
    }
    if (row.folder.empty()) {
        return core::fail(ErrorCode::NotFound, "There is no such library.");
    }
    if (sizeAt(row.folder, wish.path).value_or(0) > 0) {
        return core::fail(ErrorCode::Conflict, "There is a file of this name in the library already.");
    }
    if (const std::int64_t free = freeBytes(row.folder); free >= 0 && wish.size > free - kSpareBytes) {
        return core::fail(ErrorCode::TooLarge, "The library's disk has not enough room for this file.");
    }
    row.createdAt = row.updatedAt = clock_->now();
    row.id = core::newId(row.createdAt);
    row.userId = userId;
    row.libraryId = wish.libraryId;
    row.path = wish.path;
    row.size = wish.size;
    if (auto staged = StagedFile::open(row.folder, row.id); !staged) {
        return unexpected<core::Error>(staged.error());
    }
    if (auto added = store_.add(row, kMostUnfinished); !added) {
        StagedFile::remove(row.folder, row.id);
        return unexpected<core::Error>(added.error());
    }
    return State{std::move(row), 0};
}

Uploads::State Uploads::stateOf(UploadRow row) const {
    State state{std::move(row), 0};
    state.offset = state.row.done ? state.row.size : StagedFile::sizeOf(state.row.folder, state.row.id);
    return state;
}

Result<Uploads::State> Uploads::find(const core::Id& userId, const core::Id& id) {
    auto row = store_.find(userId, id);
    return row ? Result<State>(stateOf(std::move(*row))) : unexpected<core::Error>(row.error());
}

Result<std::vector<Uploads::State>> Uploads::ofUser(const core::Id& userId) {
    auto rows = store_.ofUser(userId);
    if (!rows) {
        return unexpected<core::Error>(rows.error());
    }
    std::vector<State> states;
    for (UploadRow& row : *rows) {
        states.push_back(stateOf(std::move(row)));
    }
    return states;
}

Result<void> Uploads::remove(const core::Id& userId, const core::Id& id) {
    const auto row = store_.find(userId, id);
    if (!row) {
        return unexpected<core::Error>(row.error());
    }
    const auto turns = turnsOf(id);
    const std::lock_guard lock(turns->mutex);
    ++turns->newest;
    if (auto removed = store_.remove(id); !removed) {
        return removed;
    }
    if (!row->done) {
        StagedFile::remove(row->folder, id);
    }
    return {};
}

std::shared_ptr<Uploads::Turns> Uploads::turnsOf(const core::Id& id) {
    const std::lock_guard lock(mutex_);
    std::erase_if(turns_, [](const auto& entry) { return entry.second.expired(); });
    auto turns = turns_[id].lock();
    if (!turns) {
        turns = std::make_shared<Turns>();
        turns_[id] = turns;
    }
    return turns;
}

Result<std::unique_ptr<BodySink>> Uploads::receive(const core::Id& userId, const core::Id& id, std::int64_t offset,
                                                   std::string checksum) {
    const auto turns = turnsOf(id);
    const std::lock_guard lock(turns->mutex);
    auto row = store_.find(userId, id);
    if (!row) {
        return unexpected<core::Error>(row.error());
    }
    if (row->done) {
        return core::fail(ErrorCode::Conflict, "This upload has ended.");
    }
    // Killed between the file's move and the note of it.
    if (StagedFile::sizeOf(row->folder, id) == 0 && sizeAt(row->folder, row->path) == row->size) {
        finished(*row);
        return core::fail(ErrorCode::Conflict, "This upload has ended.");
    }
    auto staged = StagedFile::open(row->folder, id);
    const auto size = staged ? staged->size() : Result<std::int64_t>(unexpected<core::Error>(staged.error()));
    if (!size) {
        return unexpected<core::Error>(size.error());
    }
    if (*size != offset) {
        return core::fail(ErrorCode::Conflict, "The upload goes on at another offset: ask for it.",
                          std::to_string(*size) + ", not " + std::to_string(offset));
    }
    const std::uint64_t turn = ++turns->newest;
    return std::make_unique<UploadSink>(*this, turns, turn, std::move(*row), std::move(*staged), offset,
                                        std::move(checksum));
}

void Uploads::finished(const UploadRow& row) {
    const auto noted = store_.setDone(row.id, clock_->now());
    const auto scanned = catalog_.scan(row.libraryId);
    if (!noted || !scanned) {  // the file is in its place: the next scan finds it
        logger_->warning("uploads.not_noted",
                         {{"upload", row.id}, {"detail", (noted ? scanned.error() : noted.error()).detail}});
    }
}

// The system tells of such a failure once, and takes the bytes for written from then on: to go on and sync again would
// succeed, and publish a file with holes.
core::Error Uploads::lost(const UploadRow& row, const core::Error& error) {
    if (auto removed = store_.remove(row.id); !removed) {
        logger_->warning("uploads.not_removed", {{"upload", row.id}, {"detail", removed.error().detail}});
    }
    StagedFile::remove(row.folder, row.id);
    return {error.code, error.detail, "The disk did not keep this upload. It has ended: begin it anew."};
}

void Uploads::maintain() {
    const core::TimeMs now = clock_->now();
    if (now - sweptAt_ < kSweepEvery) {
        return;
    }
    sweptAt_ = now;
    for (const bool done : {false, true}) {
        const auto old = store_.untouchedSince(done, now - (done ? kDoneKept : kKept));
        for (const UploadRow& row : old.value_or(std::vector<UploadRow>())) {
            if (auto removed = remove(row.userId, row.id); !removed) {
                logger_->warning("uploads.not_removed", {{"upload", row.id}, {"detail", removed.error().detail}});
            }
        }
    }
}

}  // namespace marea::server
