#pragma once

#include <functional>
#include <string>
#include <unordered_set>

#include "core/io/filehandle.h"
#include "sync/engine/progress.h"
#include "sync/engine/synccontrol.h"
#include "sync/engine/syncengine.h"
#include "sync/engine/target.h"
#include "sync/plan/importplan.h"

namespace marea::sync {

// What was imported into a folder, kept there as a file of lines (".marea-imports"), so that nothing comes twice: not
// from the same device, and not the same content from another one, also when people have moved or deleted it.
class ImportRecord {
public:
    static core::Result<ImportRecord> open(const std::string& folder);

    const std::unordered_set<std::string>& marks() const { return marks_; }
    bool hasContent(const std::string& checksum) const { return contents_.count(checksum) > 0; }
    core::Result<void> add(const std::string& mark, const std::string& checksum);  // on the disk when it returns
    // Does it if no other program imports into the folder; none that begins later will.
    void whereAlone(const std::function<void()>& work);

private:
    core::FileHandle file_;
    std::unordered_set<std::string> marks_, contents_;
};

struct ImportReport {
    std::size_t imported = 0, known = 0;  // `known`: the same content was there already
    std::int64_t bytes = 0;
    std::vector<SyncReport::Problem> problems;
};

// Copies what was taken with a device into `folder`, by days. Nothing on the device is changed, and nothing in the
// folder is overwritten; a file gets its name when all of it is on the disk. Blocks, on the device's thread.
core::Result<ImportReport> importTaken(Target& target, const std::string& device, const std::string& folder,
                                       const core::Clock& clock, SyncControl& control, const ProgressSink& progress);

}  // namespace marea::sync
