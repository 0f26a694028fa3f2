#include "sync/engine/importrun.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/base/id.h"
#include "core/base/jsonfields.h"
#include "core/io/diskfile.h"
#include "core/io/flushnames.h"
#include "sync/engine/checksum.h"
#include "sync/engine/encodecache.h"

namespace marea::sync {

namespace fs = std::filesystem;
namespace json = core::json;

namespace {

constexpr const char* kRecord = "/.marea-imports";
constexpr const char* kCancelled = "The import was cancelled.";
constexpr std::string_view kPartBegin = ".marea-", kPartEnd = ".part";

core::unexpected<core::Error> onComputer(const char* what) {
    core::Error error = core::systemError(errno, what);
    error.code = core::meansFull(errno) ? core::ErrorCode::TooLarge : core::ErrorCode::Io;
    error.text = error.code == core::ErrorCode::TooLarge ? "There is no room left on the computer."
                                                         : "The folder on the computer cannot be written to.";
    return core::unexpected<core::Error>(std::move(error));
}

core::Result<void> writeAll(int file, std::span<const std::uint8_t> bytes) {
    return core::writeAll(file, bytes.data(), bytes.size()) ? core::Result<void>()
                                                            : onComputer("cannot write what is imported");
}

bool isPart(const fs::path& path) {
    const std::string name = path.filename().string();
    return name.size() > kPartBegin.size() + kPartEnd.size() && name.compare(0, kPartBegin.size(), kPartBegin) == 0 &&
           name.compare(name.size() - kPartEnd.size(), kPartEnd.size(), kPartEnd) == 0;
}

void removeParts(const fs::path& folder) {
    std::error_code error;
    for (fs::directory_iterator file(folder, error), end; !error && file != end; file.increment(error)) {
        std::error_code ignored;
        if (isPart(file->path())) {
            fs::remove(file->path(), ignored);
        }
    }
}

bool holds(const fs::path& path, std::int64_t size, const std::string& checksum) {
    auto file = openLocalFile(path.string());
    if (!file || (*file)->size() != size) {
        return false;
    }
    Checksum found;
    std::vector<std::uint8_t> block(std::size_t{1} << 20);
    auto count = (*file)->read(block);
    for (; count && *count > 0; count = (*file)->read(block)) {
        found.add(std::span(block).first(*count));
    }
    return count && found.hex() == checksum;
}

class Importer {
public:
    struct Parts {
        Target& target;
        const std::string& folder;
        const core::Clock& clock;
        SyncControl& control;
        const ProgressSink& progress;
    };
    Importer(const Parts& parts, ImportRecord record, std::vector<ImportStep> steps)
        : parts_(parts), record_(std::move(record)), steps_(std::move(steps)), meter_(steps_.size(), total(steps_)) {}

    core::Result<ImportReport> run() {
        record_.whereAlone([this] { clearUp(); });
        for (const ImportStep& step : steps_) {
            if (!parts_.control.goOn()) {
                return core::fail(core::ErrorCode::Cancelled, kCancelled);
            }
            meter_.begin(step.file.path);
            const std::int64_t before = report_.bytes;
            const auto done = import(step);
            if (!done && ends(done.error())) {
                return core::unexpected<core::Error>(done.error());
            }
            if (!done) {
                report_.problems.push_back({step.file.path, done.error().text, done.error().code});
            }
            meter_.ended(step.file.size, report_.bytes - before, parts_.clock.now());
            tell();
        }
        return std::move(report_);
    }

private:
    static std::int64_t total(const std::vector<ImportStep>& steps) {
        std::int64_t bytes = 0;
        for (const ImportStep& step : steps) {
            bytes += step.file.size;
        }
        return bytes;
    }
    static bool ends(const core::Error& error) {
        return isGone(error) || error.code == core::ErrorCode::Cancelled || error.code == core::ErrorCode::TooLarge;
    }
    void tell() {
        if (parts_.progress) {
            parts_.progress(meter_.progress());
        }
    }

    // What a run that was killed has left of what now comes again.
    void clearUp() const {
        std::set<fs::path> folders;
        for (const ImportStep& step : steps_) {
            folders.insert((fs::path(parts_.folder) / step.to).parent_path());
        }
        for (const fs::path& folder : folders) {
            removeParts(folder);
        }
    }

    core::Result<void> import(const ImportStep& step) {
        const fs::path wanted = fs::path(parts_.folder) / step.to;
        std::error_code error;
        fs::create_directories(wanted.parent_path(), error);
        const fs::path part =
            wanted.parent_path() /
            (std::string(kPartBegin) + core::newId(parts_.clock.now()).substr(19) + std::string(kPartEnd));
        const auto checksum = copy(step, part);
        auto done = checksum ? settle(step, *checksum, part, wanted) : core::unexpected<core::Error>(checksum.error());
        fs::remove(part, error);  // it has its name by now, or is not wanted
        return done;
    }

    core::Result<std::string> copy(const ImportStep& step, const fs::path& part) {
        const core::FileHandle file = core::openFile(part.string(), core::FileUse::New);
        if (!file) {
            return onComputer("cannot make a file");
        }
        Checksum checksum;
        std::int64_t size = 0;
        auto done = parts_.target.read(step.file.path, [&](std::span<const std::uint8_t> bytes) -> core::Result<void> {
            if (!parts_.control.goOn()) {
                return core::fail(core::ErrorCode::Cancelled, kCancelled);
            }
            checksum.add(bytes);
            size += static_cast<std::int64_t>(bytes.size());
            if (size > step.file.size) {  // it may go on without end
                return core::fail(core::ErrorCode::Corrupt, "The device gives more than the file is said to have.");
            }
            meter_.wrote(static_cast<std::int64_t>(bytes.size()), parts_.clock.now());
            tell();
            return writeAll(file.get(), bytes);
        });
        if (!done) {
            return core::unexpected<core::Error>(done.error());
        }
        if (size != step.file.size) {
            return core::fail(core::ErrorCode::Corrupt, "The device did not give the whole file.");
        }
        if (step.file.modified > 0) {
            core::setModified(file.get(), step.file.modified);
        }
        return core::flushFile(file.get()) ? core::Result<std::string>(checksum.hex())
                                           : onComputer("cannot write a file");
    }

    core::Result<void> settle(const ImportStep& step, const std::string& checksum, const fs::path& part,
                              const fs::path& wanted) {
        if (record_.hasContent(checksum)) {
            ++report_.known;
            return record_.add(step.mark, checksum);
        }
        fs::path to = wanted;
        for (int number = 2; !isThereAlready(step, checksum, to); ++number) {
            if (core::takeFreeName(part.string(), to.string())) {
                return count(step, checksum);
            }
            if (errno != EEXIST || number > 10'000) {
                return byRename(step, checksum, part, wanted);
            }
            to = numberedPath(wanted.string(), number, NameKind::Posix);
        }
        return record_.add(step.mark, checksum);
    }

    // A run that was ended just then has named it, and could not note that any more.
    bool isThereAlready(const ImportStep& step, const std::string& checksum, const fs::path& path) {
        const bool isThere = holds(path, step.file.size, checksum);
        report_.known += isThere ? 1 : 0;
        return isThere;
    }

    // Where the folder's file system has no links.
    core::Result<void> byRename(const ImportStep& step, const std::string& checksum, const fs::path& part,
                                const fs::path& wanted) {
        fs::path to = wanted;
        std::error_code error;
        for (int number = 2; fs::exists(to, error); ++number) {
            if (isThereAlready(step, checksum, to)) {
                return record_.add(step.mark, checksum);
            }
            to = numberedPath(wanted.string(), number, NameKind::Posix);
        }
        if (!core::replaceFile(part.string(), to.string())) {
            return onComputer("cannot name what was imported");
        }
        return count(step, checksum);
    }

    core::Result<void> count(const ImportStep& step, const std::string& checksum) {
        if (auto done = flushNamesOf(step); !done) {
            return done;
        }
        ++report_.imported;
        report_.bytes += step.file.size;
        return record_.add(step.mark, checksum);
    }

    // What is in the record never comes again: by then its name is on the disk, and those of the folders around it.
    core::Result<void> flushNamesOf(const ImportStep& step) {
        fs::path folder = (fs::path(parts_.folder) / step.to).parent_path();
        auto done = core::flushNames(folder.string());
        const bool isNew = flushed_.insert(folder).second;
        for (auto left = std::count(step.to.begin(), step.to.end(), '/'); done && isNew && left > 0; --left) {
            folder = folder.parent_path();
            done = core::flushNames(folder.empty() ? "." : folder.string());
        }
        return done;
    }

    Parts parts_;
    ImportRecord record_;
    std::vector<ImportStep> steps_;
    std::set<fs::path> flushed_;
    ProgressMeter meter_;
    ImportReport report_;
};

}  // namespace

core::Result<ImportRecord> ImportRecord::open(const std::string& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    ImportRecord record;
    const std::string path = folder + kRecord;
    std::ifstream file(path, std::ios::binary);
    for (std::string line; std::getline(file, line);) {
        const auto body = core::parseJson(line);  // a line that was cut off is none
        const auto* object = body ? body->if_object() : nullptr;
        const auto* mark = object ? object->if_contains("mark") : nullptr;
        const auto* checksum = object ? object->if_contains("sha256") : nullptr;
        if (mark && mark->is_string() && checksum && checksum->is_string()) {
            record.marks_.insert(std::string(mark->get_string()));
            record.contents_.insert(std::string(checksum->get_string()));
        }
    }
    record.file_ = core::openFile(path, core::FileUse::Append);
    if (!record.file_) {
        return onComputer("cannot open the record of what was imported");
    }
    return record;
}

core::Result<void> ImportRecord::add(const std::string& mark, const std::string& checksum) {
    const std::string line = "\n" + json::serialize(json::object{{"mark", mark}, {"sha256", checksum}}) + "\n";
    auto done = writeAll(file_.get(), {reinterpret_cast<const std::uint8_t*>(line.data()), line.size()});
    if (done && !core::flushFile(file_.get())) {
        return onComputer("cannot keep the record of what was imported");
    }
    marks_.insert(mark);
    contents_.insert(checksum);
    return done;
}

// An upgrade of a lock that is refused may lose it.
void ImportRecord::whereAlone(const std::function<void()>& work) {
    if (core::lockFile(file_.get())) {
        work();
    }
    core::shareFile(file_.get());
}

core::Result<ImportReport> importTaken(Target& target, const std::string& device, const std::string& folder,
                                       const core::Clock& clock, SyncControl& control, const ProgressSink& progress) {
    auto record = ImportRecord::open(folder);
    const auto listed = record ? target.list(control.look(kCancelled)) : core::unexpected<core::Error>(record.error());
    if (!listed) {
        return core::unexpected<core::Error>(listed.error());
    }
    auto steps = importPlan(device, *listed, record->marks());
    auto report = Importer({target, folder, clock, control, progress}, std::move(*record), std::move(steps)).run();
    for (const std::string& path : report ? closedToImport(*listed) : std::vector<std::string>()) {
        report->problems.push_back({path, "The folder cannot be opened.", core::ErrorCode::Forbidden});
    }
    for (const std::string& path : report ? target.doubled() : std::vector<std::string>()) {
        if (isTaken(path)) {
            report->problems.push_back(
                {path, "Of the files that have this name only one can be imported.", core::ErrorCode::Unprocessable});
        }
    }
    for (const std::string& path : report ? target.partlyListed() : std::vector<std::string>()) {
        report->problems.push_back({path.empty() ? "DCIM" : path,
                                    "The device does not tell of all files in this folder.",
                                    core::ErrorCode::Unprocessable});
    }
    return report;
}

}  // namespace marea::sync
