#pragma once

#include <string>

#include "core/io/filehandle.h"
#include "sync/engine/journal.h"

namespace marea::sync {

// The journal as a file of lines. A second program that opens it meanwhile is refused.
class JournalFile final : public Journal {
public:
    // Busy when another sync of this device is going on.
    static core::Result<std::unique_ptr<JournalFile>> open(const std::string& path);
    explicit JournalFile(core::FileHandle file) : file_(std::move(file)) {}

    core::Result<std::vector<JournalEntry>> entries() override;
    core::Result<void> add(const JournalEntry& entry) override;
    core::Result<void> clear() override;

private:
    core::FileHandle file_;
};

}  // namespace marea::sync
