#include "sync/engine/journal.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/base/jsonfields.h"
#include "sync/plan/plan.h"

namespace marea::sync {

namespace {

namespace json = core::json;
using What = JournalEntry::What;

constexpr std::array<const char*, 5> kNames{"writing", "verified", "moving", "done", "gone"};
constexpr std::size_t kMaxText = 2000, kMaxDevice = 100;

std::optional<What> whatByName(std::string_view name) {
    const auto found = std::find(kNames.begin(), kNames.end(), name);
    return found == kNames.end() ? std::nullopt : std::optional(static_cast<What>(found - kNames.begin()));
}

bool isPathOrNone(const std::string& path) {
    return path.empty() || isPlainPath(path);
}

std::optional<JournalEntry> entryFrom(std::string_view line) {
    const auto body = core::parseJson(line);
    if (!body) {
        return std::nullopt;
    }
    core::JsonFields fields(*body, "entry");
    JournalEntry entry;
    const auto what = whatByName(fields.text("what", 20).value_or(""));
    entry.path = fields.text("path", kMaxText).value_or("");
    entry.from = fields.text("from", kMaxText).value_or("");
    entry.device = fields.text("device", kMaxDevice).value_or("");
    const json::value* file = fields.raw("file");
    fields.require("file");
    if (!what || !fields.finish()) {
        return std::nullopt;
    }
    auto read = deviceFileFrom(*file);
    if (!read || !isPathOrNone(entry.path) || !isPathOrNone(entry.from)) {
        return std::nullopt;
    }
    entry.what = *what;
    entry.file = std::move(*read);
    return entry;
}

class Recoverer {
public:
    Recoverer(const LibraryFile& library, const std::vector<ListedFile>& listed, NameKind names, bool keepsStarted)
        : there_(names), keepsStarted_(keepsStarted) {
        result_.library.device = library.device;
        result_.library.owners = library.owners;
        for (const DeviceFile& file : library.files) {
            ours_.insert_or_assign(file.path, file);
        }
        there_.takeListed(listed);
    }

    Recovery run(const std::vector<JournalEntry>& entries) {
        for (const JournalEntry& entry : entries) {
            if (isOfThisDevice(entry)) {
                take(entry);
            }
        }
        for (const auto& [path, entry] : open_) {
            finish(*entry);
        }
        for (auto& [path, file] : ours_) {
            result_.library.files.push_back(std::move(file));
        }
        return std::move(result_);
    }

private:
    bool isOfThisDevice(const JournalEntry& entry) const {
        const std::string& own = result_.library.device;
        return own.empty() || entry.device.empty() || entry.device == own ||
               (entry.path != entry.file.path && isThere(entry.path));
    }

    // An entry is open until the next one for the same file.
    void take(const JournalEntry& entry) {
        open_.erase(entry.file.path);
        switch (entry.what) {
            case What::Done:
                replace(entry);
                break;
            case What::Gone:
                ours_.erase(entry.path);
                break;
            default:
                open_.emplace(entry.file.path, &entry);
        }
    }

    void finish(JournalEntry entry) {
        if (keepsStarted_ && entry.what == What::Writing && entry.path != entry.file.path && isThere(entry.path)) {
            result_.started.push_back(std::move(entry));
            return;
        }
        const bool isInPlace = entry.what == What::Verified ? finishVerified(entry)
                               : entry.what == What::Moving ? hasMoved(entry)
                                                            : false;
        if (isInPlace) {
            replace(entry);
        }
        if (entry.what == What::Writing && isThere(entry.path)) {
            result_.remove.push_back(entry.path);
        }
        result_.notes.push_back({isInPlace ? What::Done : What::Gone, entry.what == What::Moving ? "" : entry.path,
                                 entry.from, entry.file, entry.device});
    }

    bool hasMoved(const JournalEntry& entry) const {
        return !isThere(entry.from) && isThere(entry.file.path, entry.file.size);
    }

    // Whether it is in place once the rest is done.
    bool finishVerified(JournalEntry& entry) {
        const std::string& own = entry.file.path;
        if (!isThere(entry.path, entry.file.size)) {
            const bool hasItsName = entry.path != own && isThere(own, entry.file.size);
            if (hasItsName && mayBeTheOldOne(entry)) {  // so that the next plan copies it anew
                entry.file.fingerprint.clear();
                entry.file.checksum.clear();
                entry.file.verified = false;
            }
            return hasItsName;
        }
        const bool isTheirs = hasChanged(entry.from);  // what was to be replaced
        if (entry.path != own && (own != entry.from || isTheirs) && isThere(own)) {
            result_.remove.push_back(entry.path);  // somebody took the name
            return false;
        }
        if (isThere(entry.from) && !isTheirs) {
            result_.remove.push_back(entry.from);
        }
        if (entry.path != own) {
            result_.rename.push_back({entry.path, own});
        }
        return true;
    }

    // Of the same name and size: the new one may never have reached the medium. The library file knows of none that has
    // not.
    bool mayBeTheOldOne(const JournalEntry& entry) const {
        const auto old = ours_.find(entry.file.path);
        return entry.from == entry.file.path && old != ours_.end() && old->second.size == entry.file.size &&
               old->second != entry.file;
    }

    void replace(const JournalEntry& entry) {
        ours_.erase(entry.from);
        ours_.insert_or_assign(entry.file.path, entry.file);
    }

    // Whether a file of ours is not as it was left: it is somebody else's from then on, and stays.
    bool hasChanged(const std::string& path) const {
        const auto known = ours_.find(path);
        return known != ours_.end() && isThere(path) && !isThere(path, known->second.size);
    }
    bool isThere(const std::string& path) const { return !path.empty() && there_.sizeOf(path).has_value(); }
    bool isThere(const std::string& path, std::int64_t size) const { return there_.sizeOf(path) == size; }

    Recovery result_;
    std::map<std::string, DeviceFile> ours_;
    TakenPaths there_;
    const bool keepsStarted_;
    std::map<std::string, const JournalEntry*> open_;
};

}  // namespace

std::string journalLine(const JournalEntry& entry) {
    return json::serialize(json::object{{"what", kNames[static_cast<std::size_t>(entry.what)]},
                                        {"path", entry.path},
                                        {"from", entry.from},
                                        {"device", entry.device},
                                        {"file", deviceFileJson(entry.file)}});
}

std::vector<JournalEntry> journalFrom(std::string_view text) {
    std::vector<JournalEntry> entries;
    while (true) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) {
            return entries;
        }
        if (auto entry = entryFrom(text.substr(0, end))) {
            entries.push_back(std::move(*entry));
        }
        text.remove_prefix(end + 1);
    }
}

Recovery recoveryOf(LibraryFile library, const std::vector<JournalEntry>& entries,
                    const std::vector<ListedFile>& listed, NameKind names, bool keepsStarted) {
    return entries.empty() ? Recovery{{}, {}, {}, {}, std::move(library)}
                           : Recoverer(library, listed, names, keepsStarted).run(entries);
}

}  // namespace marea::sync
