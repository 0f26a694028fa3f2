#include "sync/engine/syncrun.h"

#include <algorithm>
#include <cstdlib>

#include "core/base/id.h"
#include "sync/engine/devicelibrary.h"
#include "sync/plan/playlistfiles.h"

namespace marea::sync {

namespace {

using What = JournalEntry::What;

constexpr core::TimeMs kSameTime = 2000;  // FAT keeps two seconds
constexpr const char* kTheirs = "Somebody changed it on the device meanwhile. It stays.";

bool isWrite(const Step& step) {
    return (step.action == Action::Copy || step.action == Action::Transcode) && !isDeviceList(step.item, step.encoding);
}

// Errors that end a run: the device is gone, or nobody wants to go on.
bool ends(const core::Error& error) {
    return isGone(error) || error.code == core::ErrorCode::Cancelled || error.code == core::ErrorCode::Internal;
}

DeviceFile fileOf(const Step& step) {
    return {step.item, step.to, step.wanted, step.bytes, step.fingerprint, step.encoding, "", true};
}

}  // namespace

SyncRun::SyncRun(const Parts& parts, const Plan& plan, const std::vector<LibraryItem>& items,
                 const DeviceProfile& profile, const DeviceState& state)
    : parts_(parts),
      plan_(plan),
      items_(items),
      profile_(profile),
      names_(state.names),
      canRename_(state.moves != Moves::Nowhere),
      deviceId_(state.library.device.empty() ? core::newId(parts.clock.now()) : state.library.device),
      others_(state.others),
      owners_(state.library.owners),
      changed_(parts.hasRecovered),
      hasLeftovers_(parts.hasLeftovers),
      meter_(plan.count(Action::Copy) + plan.count(Action::Transcode), plan.bytesToWrite),
      transfer_(parts.target, parts_.control, [this](std::int64_t bytes) {
          meter_.wrote(bytes, parts_.clock.now());
          tell();
      }) {
    for (const DeviceFile& file : state.library.files) {
        ours_.emplace_hint(ours_.end(), file.path, file);  // they are in order
        changed_ |= file.owner != parts.owner.id;          // from before that was noted, or taken over
    }
    for (const StartedFile& file : state.started) {
        started_.emplace(file.to, file);
    }
    there_.reserve(state.listed.size());
    times_.reserve(ours_.size());
    for (const ListedFile& file : state.listed) {
        there_.insert(clashKey(file.path, names_));
        if (ours_.count(file.path) > 0) {
            times_.emplace(file.path, file.modified);
        }
    }
    for (const std::string& path : plan.missing) {
        changed_ |= ours_.erase(path) > 0;
    }
    for (const Step& step : plan.steps) {
        changed_ |= step.action == Action::Conflict && ours_.erase(step.to) > 0;
        if (step.action == Action::Keep) {
            keep(step);
        }
    }
}

// A file that was known by its content has another id in the library now.
void SyncRun::keep(const Step& step) {
    const auto file = ours_.find(step.to);
    if (file != ours_.end() && (file->second.item != step.item || file->second.wanted != step.wanted)) {
        file->second.item = step.item;
        file->second.wanted = step.wanted;
        changed_ = true;
    }
}

core::Result<SyncReport> SyncRun::run() {
    startEncoding();
    auto done = allSteps();
    if (!done) {
        parts_.control.cancel();  // for what is being encoded
    }
    ahead_.reset();
    if (done || !isGone(done.error())) {
        auto dropped = dropStarted(true);
        done = done ? dropped : done;
    }
    if (done || !isGone(done.error())) {
        auto stored = storeWhatIsThere();
        done = done ? stored : done;
    }
    return done ? core::Result<SyncReport>(std::move(report_)) : core::unexpected<core::Error>(done.error());
}

core::Result<void> SyncRun::allSteps() {
    auto done = dropStarted(false);  // they take room
    done = done ? deletions() : done;
    done = done ? moves() : done;
    done = done ? forgetLists() : done;
    done = done ? writes() : done;
    return done ? lists() : done;
}

// The part of it that is there from before. Only under the same name: by that the journal knows both.
const StartedFile* SyncRun::startedFor(const Step& step) const {
    const auto found = isWrite(step) ? started_.find(step.to) : started_.end();
    return found == started_.end() || found->second.item != step.item ? nullptr : &found->second;
}

// Those that the plan goes on with no more, or all that nothing went on with.
core::Result<void> SyncRun::dropStarted(bool all) {
    const std::vector<std::string>& gone = plan_.leftovers;
    for (auto one = started_.begin(); one != started_.end();) {
        if (!all && std::find(gone.begin(), gone.end(), one->second.path) == gone.end()) {
            ++one;
            continue;
        }
        if (auto done = discard(one->second.path); !done) {
            return done;
        }
        one = started_.erase(one);
    }
    return {};
}

void SyncRun::tell() {
    if (parts_.progress) {
        parts_.progress(meter_.progress());
    }
}

core::Result<void> SyncRun::note(What what, const std::string& path, const std::string& from, const DeviceFile& file) {
    JournalEntry entry{what, path, from, file, deviceId_};
    entry.file.owner = parts_.owner.id;
    auto done = parts_.journal.add(entry);
    if (!done) {
        done.error().code = core::ErrorCode::Internal;  // without notes nothing may be written
    }
    return done;
}

// A file that does not come is no reason to leave out the others. But systems let nobody write any more to a volume on
// which they find a fault.
core::Result<void> SyncRun::problem(const Step& step, const core::Error& error) {
    if (ends(error)) {
        return core::unexpected<core::Error>(error);
    }
    if (auto may = mayBeWritten(parts_.target); error.code == core::ErrorCode::Forbidden && !may) {
        return may;
    }
    report_.problems.push_back({step.to.empty() ? step.from : step.to, error.text, error.code});
    return {};
}

void SyncRun::replace(const std::string& from, const DeviceFile& file) {
    if (!from.empty()) {
        ours_.erase(from);
        there_.erase(clashKey(from, names_));
        times_.erase(from);
    }
    times_.erase(file.path);
    ours_.insert_or_assign(file.path, file);
    there_.insert(clashKey(file.path, names_));
    changed_ = true;
}

// The plan may be hours old. What somebody changed on the device since then is theirs, and stays, whatever else the
// plan says of it.
core::Result<void> SyncRun::isAsPlanned(const std::string& path) {
    const auto known = ours_.find(path);
    if (path.empty() || (known != ours_.end() && isDeviceList(known->second.item, known->second.encoding))) {
        return {};
    }
    const auto now = parts_.target.about(path);
    if (!now) {
        return now.error().code == core::ErrorCode::NotFound ? core::Result<void>()
                                                             : core::unexpected<core::Error>(now.error());
    }
    if (known == ours_.end()) {
        return core::fail(core::ErrorCode::Conflict, kTheirs);
    }
    const auto listed = times_.find(path);
    const core::TimeMs before = listed == times_.end() ? 0 : listed->second;
    const bool isOfThatTime = before == 0 || now->modified == 0 || std::abs(now->modified - before) <= kSameTime;
    if (now->size == known->second.size && isOfThatTime) {
        return {};
    }
    const DeviceFile theirs{known->second.item, path, "", 0, "", "", "", true};
    ours_.erase(known);
    changed_ = true;
    auto noted = note(What::Gone, path, "", theirs);
    return noted ? core::fail(core::ErrorCode::Conflict, kTheirs) : noted;
}

core::Result<void> SyncRun::deletions() {
    for (const Step& step : plan_.steps) {
        if (step.action != Action::Delete) {
            continue;
        }
        if (!parts_.control.goOn()) {
            return core::fail(core::ErrorCode::Cancelled, "The sync was cancelled.");
        }
        if (isDeviceList(step.item, step.encoding)) {
            const auto still = isStillOurs(step.from);
            if (!still) {
                return core::unexpected<core::Error>(still.error());
            }
            if (!*still) {
                continue;
            }
        }
        auto done = isAsPlanned(step.from);
        done = done ? parts_.target.remove(step.from) : done;
        if (!done && done.error().code != core::ErrorCode::NotFound) {
            if (auto rest = problem(step, done.error()); !rest) {
                return rest;
            }
            continue;
        }
        ours_.erase(step.from);
        there_.erase(clashKey(step.from, names_));
        changed_ = true;
        ++report_.deleted;
        if (auto noted = note(What::Gone, step.from, "", {step.item, step.from, "", 0, "", "", "", true}); !noted) {
            return noted;
        }
    }
    return {};
}

// A file whose new name another one still has goes to a temporary name first; by then that one has moved as well.
core::Result<void> SyncRun::moves() {
    std::vector<std::pair<DeviceFile, std::string>> waiting;
    for (const Step& step : plan_.steps) {
        if (step.action != Action::Move) {
            continue;
        }
        if (auto same = isAsPlanned(step.from); !same) {
            if (auto rest = problem(step, same.error()); !rest) {
                return rest;
            }
            continue;
        }
        const auto known = ours_.find(step.from);
        if (known == ours_.end()) {
            continue;
        }
        DeviceFile file = known->second;
        file.item = step.item;
        file.path = step.to;
        file.wanted = step.wanted;
        std::string from = step.from;
        if (there_.count(clashKey(step.to, names_)) > 0) {
            DeviceFile aside = file;
            aside.path = temporaryFor(step.from);
            aside.wanted.clear();  // the next plan moves it on, if this run does not
            if (auto done = move(aside, from); !done) {
                return done;
            }
            if (ours_.count(aside.path) == 0) {
                continue;  // it stays where it is
            }
            from = aside.path;
        }
        waiting.emplace_back(std::move(file), std::move(from));
    }
    for (const auto& [file, from] : waiting) {
        if (auto done = move(file, from); !done) {
            return done;
        }
        report_.moved += ours_.count(file.path);
    }
    return {};
}

core::Result<void> SyncRun::move(const DeviceFile& file, const std::string& from) {
    if (!parts_.control.goOn()) {
        return core::fail(core::ErrorCode::Cancelled, "The sync was cancelled.");
    }
    if (auto noted = note(What::Moving, "", from, file); !noted) {
        return noted;
    }
    auto done = parts_.target.rename(from, file.path);
    if (!done) {
        Step step;
        step.to = file.path;
        return problem(step, done.error());
    }
    done = parts_.target.flush();
    if (!done) {
        return done;
    }
    replace(from, file);
    return note(What::Done, "", from, file);
}

void SyncRun::startEncoding() {
    std::vector<EncodeAhead::Job> jobs;
    for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
        const Step& step = plan_.steps[i];
        if (step.action == Action::Transcode) {
            const bool isVideo = !items_[step.place].format.videoCodec.empty();
            jobs.push_back({i, &items_[step.place], isVideo ? &*profile_.videoEncoding : &*profile_.audioEncoding});
        }
    }
    if (!jobs.empty() && parts_.encoding.encoder && parts_.encoding.cache) {
        ahead_.emplace(std::move(jobs), *parts_.encoding.encoder, *parts_.encoding.cache, parts_.control);
    }
}

// What is encoded goes first, so that the encoder has room; what need not be encoded fills the time.
std::size_t SyncRun::next(Waiting& waiting) {
    std::optional<std::size_t> ready;
    if (ahead_) {
        ready = ahead_->firstReady();
    } else if (!waiting.encodings.empty()) {
        ready = *waiting.encodings.begin();
    }
    if (!ready && !waiting.copies.empty()) {
        const std::size_t place = waiting.copies.front();
        waiting.copies.pop_front();
        return place;
    }
    const std::size_t place = ready ? *ready : *waiting.encodings.begin();
    waiting.encodings.erase(place);
    return place;
}

core::Result<void> SyncRun::writes() {
    Waiting waiting;
    for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
        if (!isWrite(plan_.steps[i])) {
            continue;
        }
        if (plan_.steps[i].action == Action::Copy) {
            waiting.copies.push_back(i);
        } else {
            waiting.encodings.insert(i);
        }
    }
    while (!waiting.copies.empty() || !waiting.encodings.empty()) {
        const std::size_t place = next(waiting);
        const Step& step = plan_.steps[place];
        meter_.begin(step.to);
        tell();
        const std::int64_t before = report_.bytes;
        auto done = write(place);
        if (!done) {
            if (auto rest = problem(step, done.error()); !rest) {
                return rest;
            }
        }
        meter_.ended(step.bytes, report_.bytes - before, parts_.clock.now());
        tell();
    }
    return {};
}

core::Result<std::unique_ptr<ByteStream>> SyncRun::open(std::size_t place) {
    const Step& step = plan_.steps[place];
    if (step.action == Action::Transcode) {
        return ahead_ ? ahead_->take(place)
                      : core::fail(core::ErrorCode::Unprocessable, "Nothing here makes the encoding it needs.");
    }
    if (!step.text.empty()) {
        return std::make_unique<TextStream>(step.text);
    }
    return parts_.source.openFor(items_[step.place], parts_.control);
}

// Whether nobody else has the name. Where a file gets it at once, it could also come over one that the device does not
// tell of.
core::Result<void> SyncRun::isFree(const Step& step) const {
    if (step.to == step.from) {
        return {};
    }
    const std::string key = clashKey(step.to, names_);
    if (there_.count(key) > 0) {
        return core::fail(core::ErrorCode::Conflict, "Another file has its name.");
    }
    const std::vector<std::string> partly = canRename_ ? std::vector<std::string>() : parts_.target.partlyListed();
    const std::string folder = key.substr(0, key.find('/') == std::string::npos ? 0 : key.rfind('/'));
    const bool isUntold = std::any_of(partly.begin(), partly.end(),
                                      [&](const std::string& one) { return clashKey(one, names_) == folder; });
    return isUntold
               ? core::fail(core::ErrorCode::Unprocessable, "The device does not tell of all files in this folder.")
               : core::Result<void>();
}

core::Result<void> SyncRun::write(std::size_t place) {
    if (!parts_.control.goOn()) {
        return core::fail(core::ErrorCode::Cancelled, "The sync was cancelled.");
    }
    const Step& step = plan_.steps[place];
    auto content = open(place);  // before all else: what was encoded has to make room for the next
    if (!content) {
        return core::unexpected<core::Error>(content.error());
    }
    if (auto free = isFree(step); !free) {
        return free;
    }
    const auto room = parts_.target.freeBytes();
    if (!room) {
        return core::unexpected<core::Error>(room.error());
    }
    const StartedFile* const started = startedFor(step);
    if ((*content)->size() > *room + (started ? started->size : 0) - plan_.libraryBytes) {
        return core::fail(core::ErrorCode::TooLarge, "There is no room left on the device.");
    }
    return write(step, **content);
}

core::Result<void> SyncRun::write(const Step& step, ByteStream& content) {
    if (auto same = isAsPlanned(step.from); !same) {
        return same;
    }
    const StartedFile* const started = startedFor(step);
    const std::string path = started ? started->path : canRename_ ? temporaryFor(step.to) : step.to;
    const bool isStarted = started != nullptr;
    if (isStarted) {
        started_.erase(step.to);
    }
    if (path == step.from) {  // it cannot be put beside the old one
        if (auto done = parts_.target.remove(step.from); !done) {
            return done;
        }
        ours_.erase(step.from);
        changed_ = true;
    }
    if (auto noted = note(What::Writing, path, "", fileOf(step)); !noted) {
        return noted;
    }
    const auto written = transfer_.put(path, content, isStarted);
    if (!written) {
        auto discarded = isGone(written.error()) ? core::Result<void>() : discard(path);
        return core::unexpected<core::Error>(discarded ? written.error() : discarded.error());
    }
    return settle(step, path, *written);
}

// A part of a file of ours. An error only when the device is gone.
core::Result<void> SyncRun::discard(const std::string& path) {
    auto done = parts_.target.remove(path);
    if (!done && isGone(done.error())) {
        return done;
    }
    hasLeftovers_ |= !done && done.error().code != core::ErrorCode::NotFound;
    return {};
}

core::Result<void> SyncRun::settle(const Step& step, const std::string& path, const Transfer::Written& written) {
    DeviceFile file = fileOf(step);
    file.size = written.size;
    file.checksum = written.checksum;
    const std::string from = path == step.from ? "" : step.from;
    // The journal stays at "verified": from there it is seen whether the file has its name, also when the device was
    // never flushed. So that is done once, before the library file counts.
    auto done = note(What::Verified, path, from, file);
    done = done ? giveItsName(path, from, step.to) : done;
    if (!done) {
        const auto discarded = isGone(done.error()) ? core::Result<void>() : discard(path);
        return discarded ? done : discarded;
    }
    if (const auto told =
            step.text.empty() ? parts_.target.describe(step.to, items_[step.place]) : core::Result<void>();
        !told && isGone(told.error())) {
        return told;
    }
    replace(from, file);
    ++report_.written;
    report_.bytes += written.size;
    report_.writingSeconds += written.writingSeconds;
    report_.readingSeconds += written.readingSeconds;
    return {};
}

// What it replaces goes first.
core::Result<void> SyncRun::giveItsName(const std::string& path, const std::string& from, const std::string& to) {
    auto done = from.empty() ? core::Result<void>() : parts_.target.remove(from);
    if (!done && done.error().code != core::ErrorCode::NotFound) {
        return done;
    }
    return path == to ? core::Result<void>() : parts_.target.rename(path, to);
}

// In the same folder, so that a device that moves nothing between folders can rename it.
std::string SyncRun::temporaryFor(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
    return folder + "marea-" + core::newId(parts_.clock.now()).substr(19) + ".part";
}

core::Result<void> SyncRun::storeWhatIsThere() {
    core::Result<void> done;
    if (changed_) {
        std::vector<DeviceFile> own;
        for (const auto& [path, file] : ours_) {
            own.push_back(file);
        }
        const LibraryFile library = jointLibrary(deviceId_, std::move(own), parts_.owner, others_, owners_, names_);
        SyncControl untilTheEnd;  // also of a run that was cancelled
        Transfer transfer(parts_.target, untilTheEnd, [](std::int64_t) {});
        done = storeLibrary(parts_.target, transfer, library);
        const auto kept = done && parts_.copy ? parts_.copy->store(library) : core::Result<void>();
        if (!kept) {  // the device is right all the same
            report_.problems.push_back({kLibraryPath, kept.error().text, kept.error().code});
        }
    }
    return done && !hasLeftovers_ ? parts_.journal.clear() : done;
}

}  // namespace marea::sync
