#pragma once

#include <deque>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "sync/engine/syncengine.h"

namespace marea::sync {

// One run of a plan: what it is about to do, and what has come of it.
class SyncRun {
public:
    struct Parts {
        Target& target;
        Journal& journal;
        const core::Clock& clock;
        LibrarySource& source;
        EncodingParts encoding;
        SyncControl& control;
        const ProgressSink& progress;
        bool hasRecovered;  // the device's library file is behind what is there
        bool hasLeftovers;  // that the journal has to remember
        LibraryCopy* copy;  // null: none is kept
        const LibraryOwner& owner;
    };
    SyncRun(const Parts& parts, const Plan& plan, const std::vector<LibraryItem>& items, const DeviceProfile& profile,
            const DeviceState& state);

    core::Result<SyncReport> run();

private:
    void keep(const Step& step);
    core::Result<void> allSteps();
    core::Result<void> isAsPlanned(const std::string& path);
    core::Result<void> deletions();
    core::Result<void> moves();
    core::Result<void> move(const DeviceFile& file, const std::string& from);
    core::Result<void> writes();
    core::Result<void> lists();
    core::Result<void> forgetLists();
    core::Result<void> putList(const Step& step);
    core::Result<void> noteRefused(DeviceFile file);
    core::Result<bool> isStillOurs(const std::string& list);
    struct Waiting {  // places in the plan
        std::deque<std::size_t> copies;
        std::set<std::size_t> encodings;
    };
    std::size_t next(Waiting& waiting);
    core::Result<void> write(std::size_t place);
    core::Result<void> write(const Step& step, ByteStream& content);
    const StartedFile* startedFor(const Step& step) const;
    core::Result<void> dropStarted(bool all);
    core::Result<void> isFree(const Step& step) const;
    core::Result<void> settle(const Step& step, const std::string& path, const Transfer::Written& written);
    core::Result<void> giveItsName(const std::string& path, const std::string& from, const std::string& to);
    core::Result<std::unique_ptr<ByteStream>> open(std::size_t place);
    core::Result<void> note(JournalEntry::What what, const std::string& path, const std::string& from,
                            const DeviceFile& file);
    core::Result<void> problem(const Step& step, const core::Error& error);
    core::Result<void> discard(const std::string& path);
    void replace(const std::string& from, const DeviceFile& file);
    std::string temporaryFor(const std::string& path);
    void startEncoding();
    void tell();
    core::Result<void> storeWhatIsThere();

    Parts parts_;
    const Plan& plan_;
    const std::vector<LibraryItem>& items_;
    const DeviceProfile& profile_;
    const NameKind names_;
    const bool canRename_;
    std::string deviceId_;
    const std::vector<DeviceFile> others_;
    const std::vector<LibraryOwner> owners_;
    std::map<std::string, DeviceFile> ours_;
    std::unordered_set<std::string> there_;                // names that are taken on the device, by clashKey()
    std::unordered_map<std::string, core::TimeMs> times_;  // of ours_, as they were listed
    std::unordered_set<std::string> ourKeys_;              // of ours_, where a list was looked at
    std::map<std::string, StartedFile> started_;           // by the path that each shall have
    bool changed_ = false;
    bool hasLeftovers_ = false;  // parts that could not be removed: the journal has to remember them
    ProgressMeter meter_;
    Transfer transfer_;
    std::optional<EncodeAhead> ahead_;
    SyncReport report_;
};

}  // namespace marea::sync
