#include "server/apps/licence/sealing.h"

#include <sys/stat.h>

namespace marea::server {

using core::ErrorCode;
using core::Result;
using core::SealOutcome;
using core::unexpected;
using core::db::Session;

Result<Sealing::Found> Sealing::originalsOf(const std::string& library) {
    std::string path;
    Found found;
    const auto read = database_.read([&](Session& db) -> Result<void> {
        auto place = db.first("SELECT id, path FROM libraries WHERE id = ?1 OR name = ?1 ORDER BY id <> ?1 LIMIT 1",
                              {std::string_view(library)},
                              [](const core::db::Row& row) { return std::pair(row.string(0), row.string(1)); });
        if (!place || !*place) {
            return place ? Result<void>(core::fail(ErrorCode::NotFound, "There is no library \"" + library + "\"."))
                         : unexpected<core::Error>(place.error());
        }
        path = (*place)->second;
        auto files = db.all(
            "SELECT id, item_id, path FROM media_files WHERE library_id = ?1 AND item_id IS NOT NULL "
            "AND state <> 'missing' ORDER BY path",
            {std::string_view((*place)->first)}, [](const core::db::Row& row) {
                return Original{row.string(0), row.string(1), row.string(2)};
            });
        found.originals = files ? std::move(*files) : std::vector<Original>();
        return files ? Result<void>() : unexpected<core::Error>(files.error());
    });
    auto root = read ? core::openFolder(path) : unexpected<core::Error>(read.error());
    if (!root) {
        return unexpected<core::Error>(root.error());
    }
    found.root = std::move(*root);
    return found;
}

Result<void> Sealing::keepProtected(std::vector<Original>& originals) {
    std::vector<Original> kept;
    for (Original& original : originals) {
        const auto schemes = protection_.of(original.title);
        if (!schemes) {
            return unexpected<core::Error>(schemes.error());
        }
        if (*schemes) {
            kept.push_back(std::move(original));
        }
    }
    originals = std::move(kept);
    return {};
}

// The file is another one on the disk, with the same in it: a scan has nothing to read then.
void Sealing::noteStamp(const core::FileHandle& root, const Original& original) {
    auto file = core::openOriginal(root, original.path, &keys_);
    const auto now = file ? core::status(*file) : unexpected<core::Error>(file.error());
    if (now) {
        (void)database_.write([&](Session& db) {
            return db.run("UPDATE media_files SET device = ?2, inode = ?3 WHERE id = ?1 AND size = ?4",
                          {std::string_view(original.file), static_cast<std::int64_t>(now->device),
                           static_cast<std::int64_t>(now->inode), now->size});
        });
    }
}

Sealing::Report Sealing::each(const Found& found, const Work& work) {
    Report report;
    for (const Original& original : found.originals) {
        const auto done = work(found.root, original);
        if (!done) {
            report.left.push_back({original.path, done.error()});
            continue;
        }
        ++report.files;
        report.changed += done->changed ? 1 : 0;
        report.bytes += static_cast<std::int64_t>(done->size);
        if (done->changed) {
            noteStamp(found.root, original);
        }
    }
    return report;
}

Result<Sealing::Report> Sealing::seal(const std::string& library, const std::function<Result<void>()>& durable) {
    auto found = originalsOf(library);
    auto ready = found ? keepProtected(found->originals) : unexpected<core::Error>(found.error());
    for (std::size_t i = 0; ready && i < found->originals.size(); ++i) {
        const auto key = keys_.keyOf(found->originals[i].title);
        ready = key ? Result<void>() : unexpected<core::Error>(key.error());
    }
    ready = ready ? durable() : ready;
    if (!ready) {
        return unexpected<core::Error>(ready.error());
    }
    return each(*found, [this](const core::FileHandle& root, const Original& original) -> Result<SealOutcome> {
        const auto key = keys_.keyOf(original.title);
        return key ? core::sealOriginal(root, original.path, key->id, key->secret)
                   : unexpected<core::Error>(key.error());
    });
}

Result<Sealing::Report> Sealing::unseal(const std::string& library) {
    const auto found = originalsOf(library);
    if (!found) {
        return unexpected<core::Error>(found.error());
    }
    return each(*found, [this](const core::FileHandle& root, const Original& original) {
        return core::unsealOriginal(root, original.path, keys_);
    });
}

Result<Sealing::Report> Sealing::verify(const std::string& library) {
    auto found = originalsOf(library);
    if (!found) {
        return unexpected<core::Error>(found.error());
    }
    std::erase_if(found->originals, [&](const Original& original) {
        const auto file = core::openBeneath(found->root, original.path + std::string(core::kSealedSuffix));
        return !file && file.error().code == ErrorCode::NotFound;
    });
    return each(*found, [this](const core::FileHandle& root, const Original& original) {
        return core::verifyOriginal(root, original.path, keys_);
    });
}

}  // namespace marea::server
