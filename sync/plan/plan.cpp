#include "sync/plan/plan.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "sync/plan/forms.h"
#include "sync/plan/matching.h"
#include "sync/plan/playlistfiles.h"

namespace marea::sync {

namespace {

constexpr std::array<const char*, 8> kNames{"keep",      "delete",   "move",     "copy",
                                            "transcode", "left_out", "conflict", "other"};
constexpr std::int64_t kRoomToLeave = 4 * 1024 * 1024;  // for the file system's own tables

constexpr const char* kTooMany = "there are more files than Marea can keep a list of on one device";

std::string_view folderOf(std::string_view path) {
    return path.substr(0, std::min(path.rfind('/'), path.size()));
}

std::int64_t smallerOf(std::int64_t a, std::int64_t b) {
    return a == 0 ? b : b == 0 ? a : std::min(a, b);
}

std::vector<Form> formsOf(const PlanInput& input) {
    const std::int64_t most = smallerOf(input.profile.maxFileSize, input.device.maxFileSize);
    std::vector<Form> forms;
    forms.reserve(input.items.size());
    for (const LibraryItem& item : input.items) {
        forms.push_back(formOf(item, input.profile, input.canEncode, most));
    }
    return forms;
}

class Planner {
public:
    explicit Planner(const PlanInput& input)
        : input_(input),
          items_(input.items),
          profile_(input.profile),
          device_(input.device),
          speeds_(input.speeds),
          forms_(formsOf(input)),
          taken_(input.device.names),
          paths_(input.items.size()) {}

    Plan run() {
        lookAtTheDevice();
        const std::vector<std::size_t> wanted = chosen(input_.rules);
        ours_->match(wanted);
        dropTheRest();
        for (const std::size_t item : wanted) {
            paths_[item] = pathFor(item);
            freeItsName(item);
        }
        for (const std::size_t item : wanted) {
            place(item);
        }
        addPlaylists();
        tellOfOthers();
        return finish();
    }

private:
    using Ours = Matching::Ours;

    std::vector<std::size_t> chosen(const SyncRules& rules) const {
        const std::vector<std::size_t> wanted = wantedItems(items_, rules);
        if (!rules.fillBytes) {
            return wanted;
        }
        std::vector<std::int64_t> sizes;
        sizes.reserve(forms_.size());
        for (const Form& form : forms_) {
            sizes.push_back(form.possible ? form.bytes : 0);
        }
        return filled(wanted, sizes, *rules.fillBytes);
    }

    // All names that are there are taken; then it shows which files of ours are still as they were left.
    void lookAtTheDevice() {
        taken_.reserve(device_.listed.size() + items_.size());
        taken_.takeListed(device_.listed);
        ours_.emplace(device_, items_, forms_, taken_);
        for (Ours i = 0; i < ours_->count(); ++i) {
            const DeviceFile& file = ours_->file(i);
            if (ours_->isForeign(i)) {
                conflicts_.push_back(conflict(file));
            } else if (!ours_->isThere(i) && !isRefusedList(file)) {
                plan_.missing.push_back(file.path);
            } else {
                if (!ours_->isThere(i)) {
                    taken_.take(file.path);  // of a refused list, so that it is still known by it
                }
                listMore(listed(file));
            }
        }
        listMore(kLibraryFrameBytes +
                 kLibraryOwnerBytes * static_cast<std::int64_t>(1 + device_.library.owners.size()));
        for (const DeviceFile& file : device_.others) {
            listMore(listed(file));
            if (taken_.sizeOf(file.path) == file.size) {
                others_.emplace(file.fingerprint, &file);
            }
        }
        free_ += device_.freeBytes - kRoomToLeave;
    }

    // Only under the same name: by that the journal knows both.
    static bool goesOn(const Step& step, const StartedFile& file) {
        return (step.action == Action::Copy || step.action == Action::Transcode) && step.to == file.to &&
               step.item == file.item;
    }

    // What a file takes in the library file.
    static std::int64_t listed(const DeviceFile& file) {
        return libraryEntryBytes(file.item.size() + file.path.size() + file.wanted.size() + file.fingerprint.size() +
                                 file.encoding.size() + file.owner.size());
    }
    static std::int64_t listed(const Step& step) {
        return libraryEntryBytes(step.item.size() + 2 * step.wanted.size() + step.fingerprint.size() +
                                 step.encoding.size());
    }

    // The old library file stays until the new one is whole; where nothing can be renamed that is written twice.
    void listMore(std::int64_t bytes) {
        list_ += bytes;
        const std::int64_t room = device_.moves == Moves::Nowhere ? 2 * bytes : bytes;
        plan_.libraryBytes += room;
        free_ -= room;
    }

    static Step conflict(const DeviceFile& file) {
        Step step{Action::Conflict, file.item,        0,         "", file.path, file.wanted,
                  file.encoding,    file.fingerprint, file.size, 0,  "",        ""};
        step.reason = "somebody changed it on the device; it stays, and is no longer Marea's";
        return step;
    }

    void dropTheRest() {
        for (Ours i = 0; i < ours_->count(); ++i) {
            if (!ours_->isMatched(i) && ours_->isThere(i) && !isPlaylistFile(ours_->file(i))) {
                drop(ours_->file(i));
            }
        }
    }

    void drop(const DeviceFile& file) {
        taken_.release(file.path);
        free_ += file.size;
        listMore(-listed(file));
        plan_.bytesToDelete += file.size;
        Step step{Action::Delete, file.item,        0,         file.path, "", file.wanted,
                  file.encoding,  file.fingerprint, file.size, 0,         "", ""};
        step.reason = "it is no longer wanted on this device";
        deletions_.push_back(std::move(step));
    }

    std::string pathFor(std::size_t item) const {
        const Form& form = forms_[item];
        const std::string& folder = isVideo(items_[item]) ? profile_.videoFolder : profile_.musicFolder;
        const std::string path =
            form.encoding ? withExtension(items_[item].path, form.encoding->extension) : items_[item].path;
        return pathOnDevice(folder.empty() ? path : folder + "/" + path, device_.names);
    }

    Step step(std::size_t item, Action action, std::string reason) const {
        Step step{
            action, items_[item].id,   item, "", "", paths_[item], "", items_[item].fingerprint, forms_[item].bytes,
            0,      std::move(reason), ""};
        step.encoding = forms_[item].encoding ? forms_[item].encoding->name : "";
        return step;
    }

    void place(std::size_t item) {
        if (!forms_[item].possible && !ours_->stays(item)) {
            leaveOut(item, forms_[item].reason);
            return;
        }
        const DeviceFile* file = ours_->fileOf(item);
        if (const DeviceFile* others = file ? nullptr : ofOthers(item)) {
            keepOthers(item, *others);
            return;
        }
        if (ours_->stays(item)) {
            keepOrMove(item, *file);
        } else {
            write(item, file, ours_->of(item).has_value() && !file);
        }
    }

    // What another library put there and this one has, too, need not come twice.
    const DeviceFile* ofOthers(std::size_t item) const {
        auto [one, end] = others_.equal_range(items_[item].fingerprint);
        const std::string_view encoding = forms_[item].encoding ? std::string_view(forms_[item].encoding->name) : "";
        while (one != end && (one->second->encoding != encoding || kept_.count(one->second->path) > 0)) {
            ++one;
        }
        return one == end ? nullptr : one->second;
    }

    void keepOthers(std::size_t item, const DeviceFile& file) {
        Step next = step(item, Action::Keep, "it is there from another computer");
        next.bytes = file.size;
        next.from = next.to = file.path;
        kept_.insert(file.path);
        note(next);
        rest_.push_back(std::move(next));
    }

    void tellOfOthers() {
        for (const auto& [fingerprint, file] : others_) {
            const std::string name = device_.library.ownerName(file->owner);
            if (kept_.count(file->path) > 0) {
                continue;
            }
            Step step{Action::Other,  file->item,        0,          "", file->path, file->wanted,
                      file->encoding, file->fingerprint, file->size, 0,  "",         ""};
            step.reason =
                name.empty() ? "it belongs to another computer; it stays" : "it belongs to " + name + "; it stays";
            plan_.bytesOfOthers += file->size;
            if (!name.empty() && std::find(plan_.others.begin(), plan_.others.end(), name) == plan_.others.end()) {
                plan_.others.push_back(name);
            }
            rest_.push_back(std::move(step));
        }
    }

    bool canMove(const std::string& from, const std::string& to) const {
        return device_.moves == Moves::Anywhere ||
               (device_.moves == Moves::WithinAFolder && folderOf(from) == folderOf(to));
    }

    // Names that files of ours give up are free for others.
    void freeItsName(std::size_t item) {
        if (ours_->stays(item)) {
            const DeviceFile& file = *ours_->fileOf(item);
            if (paths_[item] != file.wanted && canMove(file.path, paths_[item])) {
                taken_.release(file.path);
            }
        }
    }

    void keepOrMove(std::size_t item, const DeviceFile& file) {
        Step next = step(item, Action::Keep, "");
        next.bytes = file.size;
        next.from = next.to = file.path;
        if (!forms_[item].possible && !canMove(file.path, next.wanted)) {
            next.wanted = file.wanted;  // it cannot be made anew either
        }
        if (next.wanted != file.wanted) {
            if (!canMove(file.path, next.wanted)) {
                write(item, &file, false);
                return;
            }
            next.to = taken_.takeFree(next.wanted);
            next.action = next.to == file.path ? Action::Keep : Action::Move;
            next.reason = next.action == Action::Move ? "it has another name or place now" : "";
        }
        listMore(listed(next) - listed(file));
        note(next);
        (next.action == Action::Move ? moves_ : rest_).push_back(std::move(next));
    }

    void write(std::size_t item, const DeviceFile* replaced, bool wasDeleted) {
        const Form& form = forms_[item];
        Step next = step(item, form.encoding ? Action::Transcode : Action::Copy, form.encoding ? form.reason : "");
        const std::int64_t more = listed(next) - (replaced ? listed(*replaced) : 0);
        if (more > 0 && list_ + more > input_.mostListed) {
            leaveOut(item, kTooMany);
            return;
        }
        // The old one goes only once the new one is there.
        if (form.bytes + more > free_) {
            leaveOut(item, "there is no room for " + megabytes(form.bytes));
            return;
        }
        listMore(more);
        if (replaced) {
            next.from = replaced->path;
            free_ += replaced->size;
            plan_.bytesToDelete += replaced->size;
        }
        if (next.reason.empty()) {
            next.reason = replaced ? "it has changed" : wasDeleted ? "it is missing on the device" : "it is new";
        }
        // Its old name stays taken until it is replaced.
        next.to = replaced && replaced->wanted == next.wanted ? replaced->path : taken_.takeFree(next.wanted);
        note(next);
        next.seconds = static_cast<double>(next.bytes) / speeds_.bytesPerSecond + encodingSeconds(item);
        free_ -= next.bytes;
        plan_.bytesToWrite += next.bytes;
        if (device_.lists) {
            written_.insert(next.item);
        }
        writes_.push_back(std::move(next));
    }

    double encodingSeconds(std::size_t item) const {
        if (!forms_[item].encoding) {
            return 0;
        }
        return items_[item].duration / (isVideo(items_[item]) ? speeds_.videoEncoding : speeds_.audioEncoding);
    }

    void leaveOut(std::size_t item, std::string reason) {
        plan_.bytesLeftOut += forms_[item].bytes;
        rest_.push_back(step(item, Action::LeftOut, std::move(reason)));
    }

    // Where an item will be, for the lists.
    void note(const Step& step) {
        if (profile_.wantsPlaylists && !input_.playlists.empty()) {
            places_[step.item] = step.to;
        }
    }

    void addPlaylists() {
        std::vector<PlaylistFile> files;
        if (profile_.wantsPlaylists) {
            const bool hasPlace = device_.lists && !device_.lists->empty();
            files = playlistFiles(input_.playlists, input_.rules.playlists,
                                  hasPlace ? *device_.lists : profile_.musicFolder, device_.names, places_,
                                  device_.lists.has_value());
        }
        std::unordered_set<std::string> wanted;
        for (const PlaylistFile& file : files) {
            wanted.insert(file.item);
        }
        for (Ours i = 0; i < ours_->count(); ++i) {
            const DeviceFile& file = ours_->file(i);
            if (!isPlaylistFile(file) || wanted.count(file.item) > 0) {
                continue;
            }
            if (ours_->isThere(i)) {
                drop(file);
            } else if (isWithoutPlace(i)) {
                forget(file);
            }
        }
        for (const PlaylistFile& file : files) {
            addPlaylist(file);
        }
    }

    // A list that the device did not take, and that nobody has put there under its name since.
    bool isWithoutPlace(Ours i) const {
        return isRefusedList(ours_->file(i)) && !ours_->isThere(i) && !ours_->isForeign(i);
    }
    void forget(const DeviceFile& file) {
        taken_.release(file.path);
        listMore(-listed(file));
        plan_.missing.push_back(file.path);
    }

    // Whether it is what the device did not take, so that nobody tries it again.
    bool isRefused(const PlaylistFile& file, const DeviceFile* known) const {
        return known && isRefusedList(*known) && known->wanted == file.wanted && known->fingerprint == file.fingerprint;
    }

    void addPlaylist(const PlaylistFile& file) {
        const auto found = ours_->withItem(file.item);
        const DeviceFile* known = found ? &ours_->file(*found) : nullptr;
        const DeviceFile* old = found && ours_->isThere(*found) ? known : nullptr;
        Step next{Action::Copy,  file.item,        0, "", "", file.wanted,
                  file.encoding, file.fingerprint, 0, 0,  "", file.text};
        next.bytes = file.encoding.empty() ? static_cast<std::int64_t>(file.text.size()) : 0;
        // A device's own list has its titles by number, and one that is written anew has another.
        const bool hasLost = std::any_of(file.items.begin(), file.items.end(),
                                         [&](const std::string& item) { return written_.count(item) > 0; });
        if (isRefused(file, known) && !(old && hasLost)) {
            next.action = Action::LeftOut;
            next.reason = "the player does not take this list";
            rest_.push_back(std::move(next));
            return;
        }
        if (found && isWithoutPlace(*found)) {
            forget(*known);
        }
        if (old && old->wanted == file.wanted && old->fingerprint == file.fingerprint && !hasLost) {
            next.action = Action::Keep;
            next.from = next.to = old->path;
            rest_.push_back(std::move(next));
            return;
        }
        const std::int64_t more = listed(next) - (old ? listed(*old) : 0);
        if (more > 0 && list_ + more > input_.mostListed) {
            next.action = Action::LeftOut;
            next.reason = kTooMany;
            rest_.push_back(std::move(next));
            return;
        }
        next.from = old ? old->path : "";
        next.to = old && old->wanted == file.wanted ? old->path : taken_.takeFree(file.wanted);
        next.reason = old ? "it has changed" : "it is new";
        listMore(more);
        plan_.bytesToWrite += next.bytes;
        writes_.push_back(std::move(next));
    }

    Plan finish() {
        double encoding = 0;
        for (const Step& step : writes_) {
            encoding += step.action == Action::Transcode ? encodingSeconds(step.place) : 0;
        }
        plan_.seconds = std::max(encoding, static_cast<double>(plan_.bytesToWrite) / speeds_.bytesPerSecond);
        plan_.steps.reserve(deletions_.size() + moves_.size() + writes_.size() + conflicts_.size() + rest_.size());
        for (std::vector<Step>* part : {&deletions_, &moves_, &writes_, &conflicts_, &rest_}) {
            std::move(part->begin(), part->end(), std::back_inserter(plan_.steps));
        }
        for (const StartedFile& file : device_.started) {
            if (std::none_of(plan_.steps.begin(), plan_.steps.end(),
                             [&](const Step& step) { return goesOn(step, file); })) {
                plan_.leftovers.push_back(file.path);
            }
        }
        return std::move(plan_);
    }

    const PlanInput& input_;
    const std::vector<LibraryItem>& items_;
    const DeviceProfile& profile_;
    const DeviceState& device_;
    const Speeds& speeds_;
    std::vector<Form> forms_;
    TakenPaths taken_;
    std::optional<Matching> ours_;
    std::vector<std::string> paths_;                             // that items should have there
    std::unordered_map<std::string, std::string> places_;        // that items of the lists will have
    std::unordered_set<std::string> written_;                    // items that are written, where the device has lists
    std::multimap<std::string_view, const DeviceFile*> others_;  // that are there as they were left, by their content
    std::unordered_set<std::string_view> kept_;                  // paths of those that this library has, too
    std::int64_t free_ = 0, list_ = 0;                           // bytes of room, and of the library file
    Plan plan_;
    std::vector<Step> deletions_, moves_, writes_, conflicts_, rest_;
};

}  // namespace

const char* name(Action action) {
    return kNames[static_cast<std::size_t>(action)];
}

std::size_t Plan::count(Action action) const {
    return static_cast<std::size_t>(
        std::count_if(steps.begin(), steps.end(), [&](const Step& step) { return step.action == action; }));
}

DeviceState takenOver(DeviceState device) {
    std::move(device.others.begin(), device.others.end(), std::back_inserter(device.library.files));
    device.others.clear();
    return device;
}

Plan makePlan(const PlanInput& input) {
    return Planner(input).run();
}

}  // namespace marea::sync
