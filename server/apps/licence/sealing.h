#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/db/database.h"
#include "core/io/sealoriginal.h"
#include "server/apps/licence/sealkeystore.h"
#include "server/stream/protection.h"

namespace marea::server {

// The originals of protected titles on the disk of a library: sealed, unsealed, read through. File by file, so that it
// may be ended at any moment and done again; a server may run meanwhile. Calls block for as long as it takes.
class Sealing {
public:
    Sealing(core::db::Database& database, SealKeyStore& keys, TitleProtection& protection)
        : database_(database), keys_(keys), protection_(protection) {}

    struct Report {
        std::int64_t files = 0;    // that are as they should be
        std::int64_t changed = 0;  // of them, those that were not
        std::int64_t bytes = 0;    // in the clear
        struct Left {
            std::string path;
            core::Error why;
        };
        std::vector<Left> left;  // that are as they were
    };
    // NotFound: no library of that name or id.
    // `durable` puts on the disk what was written to the database: no file is sealed before its key is there for good.
    core::Result<Report> seal(const std::string& library, const std::function<core::Result<void>()>& durable);
    // Whatever is sealed in it, also of titles that are protected no more.
    core::Result<Report> unseal(const std::string& library);
    core::Result<Report> verify(const std::string& library);

private:
    struct Original {
        core::Id file, title;
        std::string path;
    };
    struct Found {
        core::FileHandle root;
        std::vector<Original> originals;
    };
    using Work = std::function<core::Result<core::SealOutcome>(const core::FileHandle& root, const Original& original)>;
    core::Result<Found> originalsOf(const std::string& library);
    core::Result<void> keepProtected(std::vector<Original>& originals);
    void noteStamp(const core::FileHandle& root, const Original& original);
    Report each(const Found& found, const Work& work);

    core::db::Database& database_;
    SealKeyStore& keys_;
    TitleProtection& protection_;
};

}  // namespace marea::server
