#include "sync/engine/journalfile.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace marea::sync {

namespace {

core::unexpected<core::Error> failed(const char* what) {
    core::Error error = core::systemError(errno, what);
    error.text = "The computer cannot keep note of the sync. Is its disk full?";
    return core::unexpected<core::Error>(std::move(error));
}

}  // namespace

core::Result<std::unique_ptr<JournalFile>> JournalFile::open(const std::string& path) {
    core::FileHandle file(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    if (!file) {
        return failed("cannot open the journal");
    }
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
        return core::fail(core::ErrorCode::Busy, "This device is being synced already.");
    }
    return std::make_unique<JournalFile>(std::move(file));
}

core::Result<std::vector<JournalEntry>> JournalFile::entries() {
    std::string text;
    std::array<char, 65536> part{};
    while (true) {
        const ssize_t count = ::pread(file_.get(), part.data(), part.size(), static_cast<off_t>(text.size()));
        if (count < 0) {
            return failed("cannot read the journal");
        }
        if (count == 0) {
            break;
        }
        text.append(part.data(), static_cast<std::size_t>(count));
    }
    // A line that was cut off must not spoil the next one.
    if (!text.empty() && text.back() != '\n' && ::write(file_.get(), "\n", 1) != 1) {
        return failed("cannot write the journal");
    }
    return journalFrom(text);
}

core::Result<void> JournalFile::add(const JournalEntry& entry) {
    const std::string line = journalLine(entry) + '\n';
    if (::write(file_.get(), line.data(), line.size()) != static_cast<ssize_t>(line.size()) ||
        ::fdatasync(file_.get()) != 0) {
        return failed("cannot write the journal");
    }
    return {};
}

core::Result<void> JournalFile::clear() {
    if (::ftruncate(file_.get(), 0) != 0 || ::fdatasync(file_.get()) != 0) {
        return failed("cannot clear the journal");
    }
    return {};
}

}  // namespace marea::sync
