#include "sync/engine/journalfile.h"

#include <array>
#include <cerrno>

#include "core/io/diskfile.h"

namespace marea::sync {

namespace {

core::unexpected<core::Error> failed(const char* what) {
    core::Error error = core::systemError(errno, what);
    error.text = "The computer cannot keep note of the sync. Is its disk full?";
    return core::unexpected<core::Error>(std::move(error));
}

}  // namespace

core::Result<std::unique_ptr<JournalFile>> JournalFile::open(const std::string& path) {
    core::FileHandle file = core::openFile(path, core::FileUse::Append, true);
    if (!file) {
        return failed("cannot open the journal");
    }
    if (!core::lockFile(file.get())) {
        return core::fail(core::ErrorCode::Busy, "This device is being synced already.");
    }
    return std::make_unique<JournalFile>(std::move(file));
}

core::Result<std::vector<JournalEntry>> JournalFile::entries() {
    std::string text;
    std::array<char, 65536> part{};
    while (true) {
        const auto count = core::readSomeAt(file_.get(), part.data(), part.size(), text.size());
        if (count < 0) {
            return failed("cannot read the journal");
        }
        if (count == 0) {
            break;
        }
        text.append(part.data(), static_cast<std::size_t>(count));
    }
    // A line that was cut off must not spoil the next one.
    if (!text.empty() && text.back() != '\n' && !core::writeAll(file_.get(), "\n", 1)) {
        return failed("cannot write the journal");
    }
    return journalFrom(text);
}

core::Result<void> JournalFile::add(const JournalEntry& entry) {
    const std::string line = journalLine(entry) + '\n';
    if (!core::writeAll(file_.get(), line.data(), line.size()) || !core::flushFile(file_.get())) {
        return failed("cannot write the journal");
    }
    return {};
}

core::Result<void> JournalFile::clear() {
    if (!core::emptyFile(file_.get()) || !core::flushFile(file_.get())) {
        return failed("cannot clear the journal");
    }
    return {};
}

}  // namespace marea::sync
