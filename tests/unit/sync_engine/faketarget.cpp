#include "faketarget.h"

#include <algorithm>
#include <array>

#include "sync/engine/transfer.h"

namespace marea::sync::test {

namespace {

constexpr std::int64_t kToldByOneThatCuts = std::int64_t{1} << 40;  // it has room for anything, it says

core::unexpected<core::Error> gone() {
    return core::fail(core::ErrorCode::Unavailable, "The device is no longer there.");
}

core::unexpected<core::Error> locked() {
    return core::fail(core::ErrorCode::Forbidden, "The device is write-protected.");
}

// What is really in a file of the library.
class ChangedStream final : public ByteStream {
public:
    ChangedStream(std::string content, std::int64_t said, std::int64_t damagedAt)
        : content_(std::move(content)), said_(said), damagedAt_(damagedAt) {}
    std::int64_t size() const override { return said_; }
    core::Result<std::size_t> read(std::span<std::uint8_t> into) override {
        const auto count = content_.read(into);
        at_ += static_cast<std::int64_t>(count.value_or(0));
        return damagedAt_ >= 0 && at_ > damagedAt_ ? core::fail(core::ErrorCode::Io, "This file cannot be read.")
                                                   : count;
    }

private:
    TextStream content_;
    const std::int64_t said_, damagedAt_;
    std::int64_t at_ = 0;
};

}  // namespace

std::int64_t FakeTarget::used() const {
    std::int64_t sum = 0;
    for (const auto& [path, content] : files) {
        sum += static_cast<std::int64_t>(content.size());
    }
    return sum;
}

core::Result<std::vector<ListedFile>> FakeTarget::list(const Look& look) {
    if (isPulled()) {
        return gone();
    }
    ++lists;
    const bool isUntold = !untold.empty() && untoldFor != 0;
    untoldFor -= untoldFor > 0 ? 1 : 0;
    std::vector<ListedFile> listed;
    for (const auto& [path, content] : files) {
        if (auto done = look(); !done) {
            return core::unexpected<core::Error>(done.error());
        }
        if (isUntold && path == untold) {
            continue;
        }
        if (closed.empty() || clashKey(path, can.names).rfind(clashKey(closed, can.names) + "/", 0) != 0) {
            listed.push_back({path, static_cast<std::int64_t>(content.size()), times[path]});
        }
    }
    for (const auto& [path, titles] : ownLists) {
        listed.push_back({path, 0});
    }
    if (!closed.empty()) {
        listed.push_back({closed, 0, 0, true});
    }
    return listed;
}

core::Result<ListedFile> FakeTarget::about(const std::string& path) {
    if (isPulled()) {
        return gone();
    }
    const auto found = files.find(path);
    return found == files.end() ? core::fail(core::ErrorCode::NotFound, "It is not there.")
                                : core::Result<ListedFile>(
                                      ListedFile{path, static_cast<std::int64_t>(found->second.size()), times[path]});
}

core::Result<std::int64_t> FakeTarget::freeBytes() {
    if (isPulled()) {
        return gone();
    }
    return cutsWhenFull ? kToldByOneThatCuts : capacity - used();
}

core::Result<void> FakeTarget::write(const std::string& path, ByteStream& content) {
    act();
    if (isPulled()) {
        return gone();
    }
    if (can.isReadOnly) {
        return locked();
    }
    dropTitle(path);
    files[path].clear();
    return take(files[path], content);
}

core::Result<void> FakeTarget::complete(const std::string& path, ByteStream& content) {
    act();
    if (isPulled()) {
        return gone();
    }
    return can.isReadOnly ? locked() : take(files.at(path), content);
}

// Over what the file has: the same stays, up to the first difference.
core::Result<void> FakeTarget::take(std::string& file, ByteStream& content) {
    std::array<std::uint8_t, 700> part{};
    for (std::size_t at = 0;;) {
        act();
        const auto count = content.read(part);
        if (!count) {
            return core::unexpected<core::Error>(count.error());
        }
        for (std::size_t i = 0; i < *count; ++i, ++at) {
            if (isPulled()) {
                return gone();
            }
            if (at < file.size() && file[at] == static_cast<char>(part[i])) {
                continue;
            }
            file.resize(std::min(at, file.size()));
            if (used() >= capacity) {
                if (cutsWhenFull) {
                    continue;
                }
                return core::fail(core::ErrorCode::TooLarge, "There is no room left on the device.");
            }
            file.push_back(static_cast<char>(flipsBits ? part[i] ^ 1 : part[i]));
            can.isReadOnly = can.isReadOnly || ++bytesWritten >= lockAfter;
            if (can.isReadOnly) {
                return locked();
            }
        }
        if (*count == 0) {
            file.resize(std::min(at, file.size()));
            return {};
        }
    }
}

core::Result<void> FakeTarget::read(const std::string& path,
                                    const std::function<core::Result<void>(std::span<const std::uint8_t>)>& sink) {
    if (isPulled()) {
        return gone();
    }
    const auto found = files.find(path);
    if (found == files.end()) {
        return core::fail(core::ErrorCode::NotFound, "It is not there.");
    }
    auto done = sink({reinterpret_cast<const std::uint8_t*>(found->second.data()), found->second.size()});
    const std::array<std::uint8_t, 4096> more{};
    while (isEndless && done) {
        done = sink(more);
    }
    return done;
}

core::Result<void> FakeTarget::rename(const std::string& from, const std::string& to) {
    act();
    if (isPulled()) {
        return gone();
    }
    if (can.isReadOnly) {
        return locked();
    }
    if (files.count(to) > 0) {
        return core::fail(core::ErrorCode::Conflict, "The name is taken.");
    }
    const auto found = files.find(from);
    if (found == files.end()) {
        return core::fail(core::ErrorCode::NotFound, "It is not there.");
    }
    files[to] = std::move(found->second);
    files.erase(from);
    return {};
}

core::Result<void> FakeTarget::remove(const std::string& path) {
    act();
    if (isPulled()) {
        return gone();
    }
    if (can.isReadOnly) {
        return locked();
    }
    if (cannotRemove || path == stuck) {
        return core::fail(core::ErrorCode::Io, "It cannot be removed.");
    }
    dropTitle(path);
    return files.erase(path) + ownLists.erase(path) > 0 ? core::Result<void>()
                                                        : core::fail(core::ErrorCode::NotFound, "It is not there.");
}

// What is written anew has another number, which no list knows.
void FakeTarget::dropTitle(const std::string& path) {
    for (auto& [list, titles] : ownLists) {
        std::erase(titles, path);
    }
}

core::Result<ListedFile> FakeTarget::putList(const std::string& path, const std::vector<std::string>& titles) {
    act();
    if (isPulled()) {
        return gone();
    }
    std::vector<std::string>& list = ownLists[path];
    list.clear();
    for (const std::string& title : titles) {
        act();
        list.push_back(title);
    }
    return ListedFile{path, 0};
}

core::Result<std::vector<std::string>> FakeTarget::titlesOf(const std::string& path) {
    const auto found = ownLists.find(path);
    return found == ownLists.end() ? std::vector<std::string>() : found->second;
}

core::Result<void> FakeTarget::flush() {
    act();
    return isPulled() ? core::Result<void>(gone()) : core::Result<void>();
}

core::Result<void> FakeJournal::add(const JournalEntry& entry) {
    if (fate) {
        fate->act();
    }
    if (isFull) {
        return core::fail(core::ErrorCode::Io, "The disk is full.");
    }
    text += journalLine(entry) + "\n";
    return {};
}

core::Result<void> FakeJournal::clear() {
    if (fate) {
        fate->act();
    }
    text.clear();
    return {};
}

std::string FakeSource::contentOf(const LibraryItem& item) {
    std::string content;
    while (static_cast<std::int64_t>(content.size()) < item.size) {
        content += item.fingerprint + "|";
    }
    content.resize(static_cast<std::size_t>(item.size));
    return content;
}

core::Result<std::unique_ptr<ByteStream>> FakeSource::open(const LibraryItem& item) {
    if (vanished.count(item.id) > 0) {
        return core::fail(core::ErrorCode::NotFound, "It is not there.");
    }
    LibraryItem now = item;
    now.size = truly.count(item.id) > 0 ? truly[item.id] : item.size;
    const std::int64_t damage = damagedAt.count(item.id) > 0 ? damagedAt[item.id] : -1;
    return std::make_unique<ChangedStream>(contentOf(now), item.size, damage);
}

LibraryItem song(const std::string& name, const std::string& fingerprint, std::int64_t size) {
    LibraryItem item;
    item.id = name;
    item.kind = "track";
    item.path = name + ".mp3";
    item.fingerprint = fingerprint;
    item.size = size;
    item.duration = 10;
    item.format = {"mp3", "mp3", "", 2, 44'100, 0, 0, 192'000};
    return item;
}

}  // namespace marea::sync::test
