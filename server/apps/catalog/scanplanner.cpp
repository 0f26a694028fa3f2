#include "server/apps/catalog/scanplanner.h"

#include <algorithm>

#include "core/library/recognise.h"
#include "core/library/sidecars.h"
#include "core/library/text.h"

namespace marea::server {

namespace {

using core::Result;
using core::library::FolderSignature;

struct KnownFolder {
    std::int64_t num = 0;
    std::optional<FolderSignature> signature;
};

// The folder whose films the subtitles below it belong to.
std::string_view withoutSubtitleFolders(std::string_view folder) {
    using core::library::folderOf, core::library::fileName, core::library::isSubtitleFolder;
    for (const std::string_view place : {folder, folderOf(folder)}) {
        if (isSubtitleFolder(fileName(place))) {
            return folderOf(place);
        }
    }
    return folder;
}

class Planner {
public:
    Planner(core::db::Database& database, const core::Id& library, const core::FileHandle& root,
            const std::optional<std::set<std::string>>& folders, const std::atomic<bool>& stop)
        : database_(database), library_(library), root_(root), wanted_(folders), stop_(stop) {}

    Result<ScanWork> run() {
        if (auto done = loadFolders(); !done) {
            return core::unexpected<core::Error>(done.error());
        }
        if (auto done = walkAll(); !done) {
            return core::unexpected<core::Error>(done.error());
        }
        chooseFolders();
        if (auto done = database_.read([this](core::db::Session& session) { return loadRows(session); }); !done) {
            return core::unexpected<core::Error>(done.error());
        }
        compare();
        order();
        return std::move(work_);
    }

private:
    Result<void> loadFolders() {
        return database_.read([this](core::db::Session& session) {
            auto any =
                session.first("SELECT 1 FROM media_files LIMIT 1", {}, [](const core::db::Row&) { return true; });
            work_.anyKnown = any && any->has_value();
            return session.each("SELECT path, num, signature FROM scan_folders WHERE library_id=?1",
                                {std::string_view(library_)}, [this](const core::db::Row& row) {
                                    KnownFolder folder{row.integer(1), std::nullopt};
                                    const auto blob = row.blob(2);
                                    if (blob.size() == FolderSignature().size()) {
                                        std::copy(blob.begin(), blob.end(), folder.signature.emplace().begin());
                                    }
                                    known_.emplace(row.string(0), folder);
                                    return true;
                                });
        });
    }

    Result<void> walkAll() {
        WalkOptions options;
        options.stop = &stop_;
        if (!wanted_) {
            auto folders = walk(root_, options);
            if (!folders) {
                return core::unexpected<core::Error>(folders.error());
            }
            walked_ = std::move(*folders);
            return {};
        }
        // Below a folder in which something happened only what is new is looked at, and what lives by its sidecars.
        options.descend = [this](const std::string& path) {
            return !known_.contains(path) || core::library::belongsToParent(path);
        };
        for (const std::string& wanted : *wanted_) {
            const std::string folder(withoutSubtitleFolders(wanted));
            options.start = folder;
            auto folders = walk(root_, options);
            if (folders) {
                std::move(folders->begin(), folders->end(), std::back_inserter(walked_));
            } else if (folders.error().code == core::ErrorCode::NotFound) {
                gone_.insert(folder);
            } else if (folders.error().code == core::ErrorCode::Cancelled) {
                return core::unexpected<core::Error>(folders.error());
            }
        }
        return {};
    }

    void chooseFolders() {
        std::sort(walked_.begin(), walked_.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
        walked_.erase(
            std::unique(walked_.begin(), walked_.end(), [](const auto& a, const auto& b) { return a.path == b.path; }),
            walked_.end());
        std::unordered_map<std::string_view, const WalkedFolder*> byPath;
        std::set<std::string_view> changed;
        for (const WalkedFolder& folder : walked_) {
            byPath.emplace(folder.path, &folder);
            const auto known = known_.find(folder.path);
            const bool same =
                known != known_.end() ? known->second.signature == folder.signature : folder.files.empty();
            work_.files +=
                std::count_if(folder.files.begin(), folder.files.end(), [](const auto& f) { return f.media; });
            if (!same && !folder.unreadable) {
                changed.insert(folder.path);
            }
        }
        for (const WalkedFolder& folder : walked_) {
            const bool byParent = changed.contains(core::library::folderOf(folder.path)) && !folder.unreadable &&
                                  core::library::belongsToParent(folder.path);
            if (changed.contains(folder.path) || byParent) {
                addUnit(folder);
            }
        }
        for (const auto& [path, folder] : known_) {
            if (vanished(path, byPath)) {
                auto work = std::make_unique<UnitWork>();
                work->unit.libraryId = library_;
                work->unit.path = path;
                work->unit.vanished = true;
                // A folder that vanished before, kept for its missing files, has nothing new to say.
                if (folder.signature) {
                    work_.units.push_back(std::move(work));
                }
            }
        }
    }

    // Whether a known folder is gone: some folder on the way to it was listed, and does not list the next one.
    bool vanished(const std::string& path,
                  const std::unordered_map<std::string_view, const WalkedFolder*>& byPath) const {
        if (gone_.contains(path)) {
            return true;
        }
        std::string_view child = path;
        while (!child.empty()) {
            const std::string_view parent = core::library::folderOf(child);
            if (gone_.contains(std::string(parent)) && !parent.empty()) {
                return true;
            }
            if (const auto listed = byPath.find(parent); listed != byPath.end()) {
                const auto& names = listed->second->subfolders;
                if (listed->second->unreadable) {
                    return false;
                }
                if (std::find(names.begin(), names.end(), core::library::fileName(child)) == names.end()) {
                    return true;
                }
            }
            child = parent;
        }
        return false;
    }

    void addUnit(const WalkedFolder& folder) {
        auto work = std::make_unique<UnitWork>();
        work->unit.libraryId = library_;
        work->unit.path = folder.path;
        work->unit.signature = folder.signature;
        for (const WalkedFile& file : folder.files) {
            if (file.media) {
                UnitFile entry;
                entry.name = file.name;
                entry.stamp = file.stamp;
                work->unit.files.push_back(std::move(entry));
            } else {
                work->unit.others.push_back(file);
            }
        }
        std::sort(work->unit.files.begin(), work->unit.files.end(),
                  [](const UnitFile& a, const UnitFile& b) { return a.name < b.name; });
        work_.units.push_back(std::move(work));
    }

    Result<void> loadRows(core::db::Session& session) {
        ScanStore store(session);
        for (std::size_t i = 0; i < work_.units.size(); ++i) {
            const auto folder = known_.find(work_.units[i]->unit.path);
            if (folder == known_.end()) {
                continue;
            }
            auto rows = store.filesOfFolder(folder->second.num);
            if (!rows) {
                return core::unexpected<core::Error>(rows.error());
            }
            for (FileRow& row : *rows) {
                knownFiles_.push_back({row.path, row.stamp, row.state == "missing"});
                rows_.push_back({std::move(row), i});
            }
        }
        return {};
    }

    void compare() {
        std::vector<core::library::FoundFile> found;
        std::vector<std::pair<UnitWork*, std::size_t>> places;
        for (const auto& work : work_.units) {
            for (std::size_t i = 0; i < work->unit.files.size(); ++i) {
                const UnitFile& file = work->unit.files[i];
                found.push_back({work->unit.path.empty() ? file.name : work->unit.path + "/" + file.name, file.stamp});
                places.emplace_back(work.get(), i);
            }
        }
        const auto plan = core::library::planScan(knownFiles_, found);
        for (const auto* same : {&plan.unchanged, &plan.returned, &plan.moved}) {
            for (const auto& [known, file] : *same) {
                places[file].first->unit.files[places[file].second].row = rows_[known].first;
            }
        }
        for (const auto& [known, file] : plan.changed) {
            places[file].first->unit.files[places[file].second].row = rows_[known].first;
            places[file].first->toRead.push_back(places[file].second);
        }
        for (const std::size_t file : plan.added) {
            places[file].first->toRead.push_back(places[file].second);
        }
        for (const std::size_t known : plan.vanished) {
            work_.units[rows_[known].second]->unit.gone.push_back(rows_[known].first);
        }
    }

    void order() {
        std::stable_partition(work_.units.begin(), work_.units.end(),
                              [](const auto& work) { return work->toRead.empty(); });
        for (const auto& work : work_.units) {
            std::sort(work->toRead.begin(), work->toRead.end());
            work->open = work->toRead.size();
            work_.toRead += static_cast<std::int64_t>(work->open);
        }
    }

    core::db::Database& database_;
    const core::Id& library_;
    const core::FileHandle& root_;
    const std::optional<std::set<std::string>>& wanted_;
    const std::atomic<bool>& stop_;
    std::unordered_map<std::string, KnownFolder> known_;
    std::vector<WalkedFolder> walked_;
    std::set<std::string> gone_;
    std::vector<core::library::KnownFile> knownFiles_;
    std::vector<std::pair<FileRow, std::size_t>> rows_;  // and the unit that it is of
    ScanWork work_;
};

}  // namespace

Result<ScanWork> planWork(core::db::Database& database, const core::Id& library, const core::FileHandle& root,
                          const std::optional<std::set<std::string>>& folders, const std::atomic<bool>& stop) {
    return Planner(database, library, root, folders, stop).run();
}

}  // namespace marea::server
