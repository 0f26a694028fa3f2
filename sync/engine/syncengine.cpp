#include "sync/engine/syncengine.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "sync/engine/devicelibrary.h"
#include "sync/engine/syncrun.h"
#include "sync/plan/playlistfiles.h"

namespace marea::sync {

namespace {

using Closed = std::unordered_map<std::string, std::string>;  // paths by their keys
using Keys = std::unordered_set<std::string>;

// Of a file that is not whole: no other file has such a name.
bool isPart(std::string_view path) {
    return path.substr(path.rfind('/') + 1).substr(0, 6) == "marea-" && path.ends_with(".part");
}

constexpr const char* kLeftOut =
    "The device leaves out files when Marea asks what is on it. Nothing was changed. Restart the device, and try "
    "again.";

Keys keysOf(const std::vector<ListedFile>& listed, NameKind names) {
    Keys keys;
    keys.reserve(listed.size());
    for (const ListedFile& file : listed) {
        keys.insert(clashKey(file.path, names));
    }
    return keys;
}

bool hasLibrary(const std::vector<ListedFile>& listed) {
    return std::any_of(listed.begin(), listed.end(), [](const ListedFile& file) { return isMareasOwn(file.path); });
}

// Whether `key` is in one of the folders, however deep; "" is around all.
bool isIn(const Keys& folders, const std::string& key) {
    for (std::size_t end = key.rfind('/'); end != std::string::npos;
         end = end > 0 ? key.rfind('/', end - 1) : end - 1) {
        if (folders.count(key.substr(0, end)) > 0) {
            return true;
        }
    }
    return folders.count("") > 0;
}

Closed closedAmong(const std::vector<ListedFile>& listed, NameKind names) {
    Closed closed;
    for (const ListedFile& file : listed) {
        if (file.isClosed) {
            closed.emplace(clashKey(file.path, names), file.path);
        }
    }
    return closed;
}

const std::string* folderAround(const std::string& path, const Closed& closed, NameKind names) {
    const std::string key = clashKey(path, names);
    for (std::size_t end = key.size(); end != std::string::npos; end = end > 0 ? key.rfind('/', end - 1) : end - 1) {
        if (const auto found = closed.find(key.substr(0, end)); found != closed.end()) {
            return &found->second;
        }
    }
    return nullptr;
}

// What Marea put into a folder that may not be opened now is not missing: it would be written again beside itself.
core::Result<void> allInReach(const LibraryFile& library, const std::vector<JournalEntry>& entries,
                              const std::vector<ListedFile>& listed, NameKind names) {
    const Closed closed = closedAmong(listed, names);
    const std::string* around = nullptr;
    const auto look = [&](const std::string& path) {
        around = around || closed.empty() || path.empty() ? around : folderAround(path, closed, names);
    };
    for (const DeviceFile& file : library.files) {
        look(file.path);
    }
    for (const JournalEntry& entry : entries) {
        look(entry.path);
        look(entry.from);
        look(entry.file.path);
    }
    return around ? core::fail(core::ErrorCode::Unprocessable,
                               *around +
                                   " on the device cannot be opened, and Marea's files are in it. Nothing was "
                                   "changed.")
                  : core::Result<void>();
}

}  // namespace

// What the device does not let one remove or rename stays. A part is tried again the next time, under a note of its
// own: the file may be written anew by then.
core::Result<void> SyncEngine::clearUp(const Recovery& recovery) {
    std::vector<std::string> parts;
    const auto isOver = [&](const core::Result<void>& done, const std::string& path) {
        if (!done && done.error().code != core::ErrorCode::NotFound && isPart(path)) {
            parts.push_back(path);
        }
        return !done && (isGone(done.error()) || done.error().code == core::ErrorCode::Cancelled);
    };
    for (const std::string& path : recovery.remove) {
        if (auto done = target_.remove(path); isOver(done, path)) {
            return done;
        }
    }
    for (const Recovery::Rename& one : recovery.rename) {
        if (auto done = target_.rename(one.from, one.to); isOver(done, one.from)) {
            return done;
        }
    }
    std::vector<JournalEntry> notes = recovery.notes;
    for (const std::string& path : parts) {
        notes.push_back(
            {JournalEntry::What::Writing, path, "", {"part", path, "", 0, "", "", "", false}, recovery.library.device});
    }
    for (const JournalEntry& entry : notes) {
        if (auto done = journal_.add(entry); !done) {
            return done;
        }
    }
    hasLeftovers_ = !parts.empty();
    return {};
}

// Takes them from what is listed.
std::vector<StartedFile> SyncEngine::startedOf(const std::vector<JournalEntry>& entries,
                                               std::vector<ListedFile>& listed) {
    std::unordered_map<std::string, const JournalEntry*> byKey;
    for (const JournalEntry& entry : entries) {
        byKey.emplace(clashKey(entry.path, target_.abilities().names), &entry);
    }
    std::vector<StartedFile> started;
    std::erase_if(listed, [&](const ListedFile& file) {
        const auto found = byKey.empty() ? byKey.end() : byKey.find(clashKey(file.path, target_.abilities().names));
        if (found != byKey.end()) {
            started.push_back({file.path, found->second->file.path, found->second->file.item, file.size});
        }
        return found != byKey.end();
    });
    return started;
}

// What is on the device. Without Marea's library file all of it would be foreign, and what a run that was cut off has
// left must not be missed.
core::Result<std::vector<ListedFile>> SyncEngine::list(bool isUnfinished, const Target::Look& look) {
    auto listed = target_.list(look);
    if (listed && (isUnfinished || !hasLibrary(*listed)) && target_.abilities().leavesOut) {
        listed = target_.list(look);
    }
    const std::vector<std::string> partly = target_.partlyListed();
    const bool isTopPartly = std::find(partly.begin(), partly.end(), "") != partly.end();
    if (listed && isTopPartly && !hasLibrary(*listed)) {
        return core::fail(core::ErrorCode::Unprocessable, kLeftOut);
    }
    return listed;
}

core::Result<void> SyncEngine::askAgain(const LibraryFile& library, std::vector<ListedFile>& listed,
                                        const Target::Look& look) {
    const TargetAbilities abilities = target_.abilities();
    if (!abilities.leavesOut) {
        return {};
    }
    const Keys there = keysOf(listed, abilities.names);
    const bool isAllThere = std::all_of(library.files.begin(), library.files.end(), [&](const DeviceFile& file) {
        return there.count(clashKey(file.path, abilities.names)) > 0 || isRefusedList(file);
    });
    if (isAllThere) {
        return {};
    }
    auto again = target_.list(look);
    if (!again) {
        return core::unexpected<core::Error>(again.error());
    }
    listed = std::move(*again);
    return {};
}

// A file of ours that is not told of is not gone: it would be written again beside itself. `about`: files that get
// their name only now.
core::Result<void> SyncEngine::allTold(const LibraryFile& library, const std::vector<Recovery::Rename>& about,
                                       const std::vector<ListedFile>& listed) {
    const NameKind names = target_.abilities().names;
    Keys partly;
    for (const std::string& folder : target_.partlyListed()) {
        partly.insert(clashKey(folder, names));
    }
    if (partly.empty()) {
        return {};
    }
    Keys there = keysOf(listed, names);
    for (const Recovery::Rename& one : about) {
        there.insert(clashKey(one.to, names));
    }
    for (const DeviceFile& file : library.files) {
        const std::string key = clashKey(file.path, names);
        if (there.count(key) == 0 && isIn(partly, key) && !isRefusedList(file)) {
            return core::fail(core::ErrorCode::Unprocessable, kLeftOut, file.path);
        }
    }
    return {};
}

// The device's own file, or what the computer's copy of it says as far as the device still has it.
core::Result<LibraryFile> SyncEngine::library(Transfer& transfer, std::vector<ListedFile>& listed,
                                              const Target::Look& look) {
    auto own = loadLibrary(target_, transfer, listed);
    const bool isLost = own ? own->device.empty() : own.error().code == core::ErrorCode::Invalid;
    auto copy = isLost && copy_ ? copy_->load() : core::fail(core::ErrorCode::NotFound, "");
    if (!copy) {
        auto asked = own ? askAgain(*own, listed, look) : core::Result<void>();
        return asked ? own : core::unexpected<core::Error>(asked.error());
    }
    auto reached = askAgain(*copy, listed, look);
    reached = reached ? allTold(*copy, {}, listed) : reached;
    reached = reached ? allInReach(*copy, {}, listed, target_.abilities().names) : reached;
    if (!reached) {
        return core::unexpected<core::Error>(reached.error());
    }
    hasRecovered_ = true;
    return confirmed(transfer, *copy, listed, target_.abilities().names);
}

// From before owners were noted, what this computer has a copy of is its own, as is what it was just putting there.
OwnedFiles SyncEngine::byOwner(std::vector<DeviceFile> files, const std::vector<JournalEntry>& entries,
                               const std::vector<ListedFile>& listed) {
    const bool isOld =
        std::any_of(files.begin(), files.end(), [](const DeviceFile& file) { return file.owner.empty(); });
    auto copy = isOld && copy_ && !owner_.id.empty() ? copy_->load() : LibraryFile{};
    std::vector<DeviceFile> known = copy ? std::move(copy->files) : std::vector<DeviceFile>();
    std::erase_if(known, [](const DeviceFile& file) { return !file.owner.empty(); });
    for (const JournalEntry& entry : entries) {
        known.push_back(entry.file);
    }
    return filesByOwner(std::move(files), owner_.id, known, listed, target_.abilities().names);
}

core::Result<DeviceState> SyncEngine::begin(SyncControl* control) {
    if (auto may = mayBeWritten(target_); !may) {
        return core::unexpected<core::Error>(may.error());
    }
    SyncControl untilTheEnd;
    SyncControl& inHand = control ? *control : untilTheEnd;
    const Target::Look look = inHand.look();
    auto entries = journal_.entries();
    auto listed = list(entries && !entries->empty(), look);
    if (!entries || !listed) {
        return core::unexpected<core::Error>(entries ? listed.error() : entries.error());
    }
    Transfer transfer(target_, inHand, [](std::int64_t) {});
    hasRecovered_ = !entries->empty() || (copy_ && !copy_->isThere());
    const TargetAbilities abilities = target_.abilities();
    auto known = library(transfer, *listed, look);
    auto reached =
        known ? allInReach(*known, *entries, *listed, abilities.names) : core::unexpected<core::Error>(known.error());
    if (!reached) {
        return core::unexpected<core::Error>(reached.error());
    }
    Recovery recovery = recoveryOf(std::move(*known), *entries, *listed, abilities.names,
                                   abilities.completes && abilities.moves != Moves::Nowhere);
    auto told = allTold(recovery.library, recovery.rename, *listed);
    if (told && !recovery.notes.empty()) {
        auto done = clearUp(recovery);
        listed = done ? target_.list(look) : core::unexpected<core::Error>(done.error());
    }
    told = told && listed ? allTold(recovery.library, recovery.rename, *listed) : told;
    if (!told) {
        return core::unexpected<core::Error>(told.error());
    }
    auto room = target_.freeBytes();
    if (!listed || !room) {
        return core::unexpected<core::Error>(listed ? room.error() : listed.error());
    }
    std::erase_if(*listed, [](const ListedFile& file) { return file.isClosed || isMareasOwn(file.path); });
    std::vector<StartedFile> started = startedOf(recovery.started, *listed);
    for (const StartedFile& file : started) {
        *room += file.size;
    }
    OwnedFiles files = byOwner(std::move(recovery.library.files), *entries, *listed);
    LibraryFile own{std::move(recovery.library.device), std::move(files.own), std::move(recovery.library.owners)};
    return DeviceState{std::move(own),  std::move(*listed),      *room,
                       abilities.names, abilities.maxFileSize,   abilities.moves,
                       abilities.lists, std::move(files.others), std::move(started)};
}

// Nothing is to be done, and what the library file says is right: a run would only look at all of it once more.
bool SyncEngine::isInStep(const Plan& plan, const DeviceState& state) const {
    const std::vector<DeviceFile>& files = state.library.files;
    const bool isNoted = !hasRecovered_ && !hasLeftovers_ && plan.missing.empty() &&
                         std::all_of(files.begin(), files.end(), [this](const DeviceFile& file) {
                             return file.owner == owner_.id;  // else from before that was noted, or taken over
                         });
    std::unordered_map<std::string_view, const DeviceFile*> byPath;
    byPath.reserve(isNoted ? files.size() : 0);
    for (std::size_t i = 0; isNoted && i < files.size(); ++i) {
        byPath.emplace(files[i].path, &files[i]);
    }
    const auto isRight = [&](const Step& step) {  // by the id and the name that it has in the library now
        const auto found = byPath.find(step.to);
        return found == byPath.end() || (found->second->item == step.item && found->second->wanted == step.wanted);
    };
    return isNoted && std::all_of(plan.steps.begin(), plan.steps.end(), [&](const Step& step) {
               return step.action == Action::LeftOut || step.action == Action::Other ||
                      (step.action == Action::Keep && isRight(step));
           });
}

core::Result<SyncReport> SyncEngine::run(const Plan& plan, const std::vector<LibraryItem>& items,
                                         const DeviceProfile& profile, const DeviceState& state, LibrarySource& source,
                                         EncodingParts encoding, SyncControl& control, const ProgressSink& progress) {
    if (auto may = mayBeWritten(target_); !may) {  // before anything is encoded
        return core::unexpected<core::Error>(may.error());
    }
    if (isInStep(plan, state)) {
        auto done = journal_.clear();
        return done ? core::Result<SyncReport>(SyncReport()) : core::unexpected<core::Error>(done.error());
    }
    const SyncRun::Parts parts{target_,  journal_,      clock_,        source, encoding, control,
                               progress, hasRecovered_, hasLeftovers_, copy_,  owner_};
    return SyncRun(parts, plan, items, profile, state).run();
}

}  // namespace marea::sync
