#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "sync/engine/journal.h"
#include "sync/engine/librarycopy.h"
#include "sync/engine/librarysource.h"
#include "sync/engine/target.h"

namespace marea::sync::test {

// The program is killed: nothing that comes after has any effect.
struct Killed {};

// Counts what a program does to the world, and kills it at one moment.
class Fate {
public:
    std::int64_t killAt = -1;  // -1: never
    void act() {
        if (killAt >= 0 && done_++ >= killAt) {
            throw Killed();
        }
    }
    std::int64_t done() const { return done_; }

private:
    std::int64_t done_ = 0;
};

// A device in memory that can do everything wrong that real ones do.
class FakeTarget final : public Target {
public:
    std::map<std::string, std::string> files;
    std::map<std::string, core::TimeMs> times;  // of files, where it tells them
    TargetAbilities can;
    std::map<std::string, std::vector<std::string>> ownLists;  // titles, where can.lists says so
    std::int64_t capacity = 1'000'000;
    std::int64_t pullAfter = std::numeric_limits<std::int64_t>::max();  // bytes written until the cable is pulled
    bool flipsBits = false;                                             // keeps something else than what was written
    bool isEndless = false;                                             // goes on when a file is read
    bool cutsWhenFull = false;                                          // says that all went well
    bool cannotRemove = false;
    std::int64_t lockAfter = std::numeric_limits<std::int64_t>::max();  // bytes written until nobody may any more
    std::string stuck;                                                  // a file that cannot be removed
    std::string closed;                                                 // a folder that may not be opened
    std::string untold;                                                 // a file that is left out of the list
    int untoldFor = -1;                                                 // in so many lists; -1: always
    std::vector<std::string> partly;                                    // folders that it says are not listed whole
    int lists = 0;                                                      // so many were asked for
    Fate* fate = nullptr;
    std::int64_t bytesWritten = 0;

    TargetAbilities abilities() const override { return can; }
    using Target::list;
    core::Result<std::vector<ListedFile>> list(const Look& look) override;
    std::vector<std::string> partlyListed() const override { return partly; }
    core::Result<ListedFile> about(const std::string& path) override;
    core::Result<std::int64_t> freeBytes() override;
    core::Result<void> write(const std::string& path, ByteStream& content) override;
    core::Result<void> complete(const std::string& path, ByteStream& content) override;
    core::Result<void> read(const std::string& path,
                            const std::function<core::Result<void>(std::span<const std::uint8_t>)>& sink) override;
    core::Result<void> rename(const std::string& from, const std::string& to) override;
    core::Result<void> remove(const std::string& path) override;
    core::Result<ListedFile> putList(const std::string& path, const std::vector<std::string>& titles) override;
    core::Result<std::vector<std::string>> titlesOf(const std::string& path) override;
    core::Result<void> flush() override;

private:
    void dropTitle(const std::string& path);
    core::Result<void> take(std::string& file, ByteStream& content);
    std::int64_t used() const;
    bool isPulled() const { return bytesWritten >= pullAfter; }
    void act() {
        if (fate) {
            fate->act();
        }
    }
};

class FakeJournal final : public Journal {
public:
    std::string text;
    Fate* fate = nullptr;
    bool isFull = false;
    core::Result<std::vector<JournalEntry>> entries() override { return journalFrom(text); }
    core::Result<void> add(const JournalEntry& entry) override;
    core::Result<void> clear() override;
};

class FakeCopy final : public LibraryCopy {
public:
    std::optional<LibraryFile> kept;
    bool isFull = false;
    bool isThere() const override { return kept.has_value(); }
    core::Result<LibraryFile> load() override {
        return kept ? core::Result<LibraryFile>(*kept) : core::fail(core::ErrorCode::NotFound, "None.");
    }
    core::Result<void> store(const LibraryFile& library) override {
        if (isFull) {
            return core::fail(core::ErrorCode::Io, "The disk is full.");
        }
        kept = library;
        return {};
    }
};

// A library of made-up files: the content of an item is its fingerprint, repeated up to its size.
class FakeSource final : public LibrarySource {
public:
    std::vector<LibraryItem> all;
    std::map<std::string, std::int64_t> truly;      // by id: of so many bytes by now, whatever the library says
    std::map<std::string, std::int64_t> damagedAt;  // by id: where its disk cannot be read
    std::set<std::string> vanished;                 // ids
    core::Result<std::unique_ptr<ByteStream>> open(const LibraryItem& item) override;
    static std::string contentOf(const LibraryItem& item);
};

LibraryItem song(const std::string& name, const std::string& fingerprint, std::int64_t size = 5000);

}  // namespace marea::sync::test
