#include "server/apps/catalog/scanstore.h"

#include <array>

#include "server/apps/catalog/rowvalues.h"

namespace marea::server {

using core::Result;
using core::db::orNull;
using core::db::Row;
using core::db::textOrNull;
using core::db::Value;

using namespace rowvalues;

namespace {

constexpr std::string_view kFileColumns =
    "SELECT num, id, library_id, item_id, folder, path, size, mtime_ns, device, inode, fingerprint, state, problem, "
    "missing_since, part, version, duration, width, height, hdr, has_cover, info FROM media_files ";

FileRow fileRow(const Row& row) {
    FileRow file;
    file.num = row.integer(0);
    file.id = row.string(1);
    file.libraryId = row.string(2);
    file.itemId = row.string(3);
    file.folder = row.integer(4);
    file.path = row.string(5);
    file.stamp = {row.integer(6), row.integer(7), static_cast<std::uint64_t>(row.integer(8)),
                  static_cast<std::uint64_t>(row.integer(9))};
    const auto blob = row.blob(10);
    file.fingerprint.assign(blob.begin(), blob.end());
    file.state = row.string(11);
    file.problem = row.string(12);
    file.missingSince = row.optionalInteger(13);
    file.part = static_cast<int>(row.integer(14));
    file.version = row.string(15);
    file.duration = row.real(16);
    file.width = static_cast<int>(row.integer(17));
    file.height = static_cast<int>(row.integer(18));
    file.hdr = static_cast<int>(row.integer(19));
    file.hasCover = row.boolean(20);
    file.info = row.string(21);
    return file;
}

Value bytes(const core::db::Blob& blob) {
    return blob.empty() ? Value(nullptr) : Value(std::span<const std::uint8_t>(blob));
}

// As ?1 to ?21 of what writes a row: what it is known by, then the rest in the order of the columns.
std::array<Value, 21> fileValues(Value key, const FileRow& f) {
    return {key,
            view(f.libraryId),
            textOrNull(f.itemId),
            f.folder,
            view(f.path),
            f.stamp.size,
            f.stamp.mtimeNs,
            number(f.stamp.device),
            number(f.stamp.inode),
            bytes(f.fingerprint),
            view(f.state),
            textOrNull(f.problem),
            orNull(f.missingSince),
            number(f.part),
            textOrNull(f.version),
            f.duration,
            number(f.width),
            number(f.height),
            number(f.hdr),
            flag(f.hasCover),
            textOrNull(f.info)};
}

}  // namespace

Result<std::vector<FileRow>> ScanStore::files(std::string_view sql, core::db::Session::Values values) {
    return session_.all(std::string(kFileColumns) + std::string(sql), values, fileRow);
}

Result<std::optional<std::int64_t>> ScanStore::folderNumber(const core::Id& library, const std::string& path) {
    return session_.first("SELECT num FROM scan_folders WHERE library_id=?1 AND path=?2", {view(library), view(path)},
                          [](const Row& row) { return row.integer(0); });
}

Result<std::int64_t> ScanStore::saveFolder(const core::Id& library, const std::string& path,
                                           const core::library::FolderSignature* signature) {
    const Value digest = signature ? Value(std::span<const std::uint8_t>(*signature)) : Value(nullptr);
    auto row = session_.first(
        "INSERT INTO scan_folders(library_id, path, signature) VALUES (?1, ?2, ?3) "
        "ON CONFLICT(library_id, path) DO UPDATE SET signature=excluded.signature RETURNING num",
        {view(library), view(path), digest}, [](const Row& r) { return r.integer(0); });
    if (!row) {
        return core::unexpected<core::Error>(row.error());
    }
    return row->value_or(0);
}

Result<void> ScanStore::removeFolder(std::int64_t folder) {
    // Rows of missing files still refer to it: then it stays, without a signature.
    auto done = session_.run("UPDATE scan_folders SET signature=NULL WHERE num=?1", {folder});
    done = done ? session_.run("DELETE FROM sidecars WHERE folder=?1", {folder}) : done;
    if (!done) {
        return done;
    }
    return session_.run(
        "DELETE FROM scan_folders WHERE num=?1 AND NOT EXISTS "
        "(SELECT 1 FROM media_files WHERE folder=?1)",
        {folder});
}

Result<std::vector<FileRow>> ScanStore::filesOfFolder(std::int64_t folder) {
    return files("WHERE folder=?1 ORDER BY path, num", {folder});
}

Result<std::vector<FileRow>> ScanStore::filesOfItem(const core::Id& item) {
    return files("WHERE item_id=?1 AND state<>'missing' ORDER BY part, library_id, path", {view(item)});
}

Result<std::vector<FileRow>> ScanStore::filesByFingerprint(std::span<const std::uint8_t> digest) {
    return files("WHERE fingerprint=?1 ORDER BY state='missing' DESC, num LIMIT 64", {digest});
}

Result<bool> ScanStore::hasFiles(const core::Id& item) {
    auto row = session_.first("SELECT 1 FROM media_files WHERE item_id=?1 AND state<>'missing' LIMIT 1", {view(item)},
                              [](const Row& r) { return r.boolean(0); });
    if (!row) {
        return core::unexpected<core::Error>(row.error());
    }
    return row->has_value();
}

Result<void> ScanStore::insertFile(const FileRow& f) {
    return session_.run(
        "INSERT INTO media_files(id, library_id, item_id, folder, path, size, mtime_ns, device, inode, fingerprint, "
        "state, problem, missing_since, part, version, duration, width, height, hdr, has_cover, info) VALUES "
        "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
        fileValues(view(f.id), f));
}

Result<void> ScanStore::updateFile(const FileRow& f) {
    return session_.run(
        "UPDATE media_files SET library_id=?2, item_id=?3, folder=?4, path=?5, size=?6, mtime_ns=?7, device=?8, "
        "inode=?9, fingerprint=?10, state=?11, problem=?12, missing_since=?13, part=?14, version=?15, duration=?16, "
        "width=?17, height=?18, hdr=?19, has_cover=?20, info=?21 WHERE num=?1",
        fileValues(f.num, f));
}

Result<void> ScanStore::markMissing(const FileRow& file, core::TimeMs now) {
    return session_.run(
        "UPDATE media_files SET state='missing', missing_since=?4 "
        "WHERE num=?1 AND library_id=?2 AND path=?3 AND state<>'missing'",
        {file.num, view(file.libraryId), view(file.path), now});
}

Result<void> ScanStore::removeFile(std::int64_t num) {
    return session_.run("DELETE FROM media_files WHERE num=?1", {num});
}

}  // namespace marea::server
