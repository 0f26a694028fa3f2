#include "server/apps/catalog/librarystore.h"

#include <algorithm>
#include <filesystem>

namespace marea::server {

namespace {

using core::ErrorCode;
using core::Result;

bool within(const std::string& inner, const std::string& outer) {
    return inner == outer || outer == "/" || inner.starts_with(outer + "/");
}

Result<std::vector<LibraryRow>> rows(core::db::Session& session, const Viewer& viewer = Viewer::everything()) {
    return session.all("SELECT id, name, path, last_scan_at FROM libraries WHERE ?1=?1" +
                           visibleLibrary(viewer, "libraries.id") + " ORDER BY name, id",
                       {viewer.userId}, [](const core::db::Row& row) {
                           LibraryRow library;
                           library.id = row.string(0);
                           library.name = row.string(1);
                           library.path = row.string(2);
                           library.lastScanAt = row.optionalInteger(3);
                           return library;
                       });
}

// What is kept counted, for who sees everything.
Result<void> countKept(core::db::Session& session, LibraryRow& library) {
    auto done = session.each("SELECT coalesce(sum(items), 0) FROM item_counts WHERE library_id=?1", {library.id},
                             [&](const core::db::Row& row) {
                                 library.items = row.integer(0);
                                 return false;
                             });
    return done ? session.each(
                      "SELECT sum(files), sum(CASE WHEN state<>'ok' THEN files ELSE 0 END) FROM file_counts WHERE "
                      "library_id=?1 AND state<>'missing'",
                      {library.id},
                      [&](const core::db::Row& row) {
                          library.files = row.integer(0);
                          library.broken = row.integer(1);
                          return false;
                      })
                : done;
}

}  // namespace

Result<std::string> canonicalFolder(const std::string& path) {
    if (path.empty() || path.front() != '/' || path.find('\0') != std::string::npos) {
        return core::fail(ErrorCode::Invalid, "The folder has to be an absolute path.");
    }
    std::error_code error;
    const std::filesystem::path real = std::filesystem::canonical(path, error);
    if (error || !std::filesystem::is_directory(real, error)) {
        return core::fail(ErrorCode::Unprocessable, "There is no such folder on the server.", path);
    }
    return real.string();
}

Result<std::vector<LibraryRow>> LibraryStore::all() {
    return visibleTo(Viewer::everything());
}

Result<std::vector<LibraryRow>> LibraryStore::visibleTo(const Viewer& viewer) {
    return database_.readValue<std::vector<LibraryRow>>(
        [&](core::db::Session& session) { return rows(session, viewer); });
}

Result<void> LibraryStore::count(LibraryRow& library, const Viewer& viewer) {
    return database_.read([&](core::db::Session& session) -> Result<void> {
        if (viewer.seesAll()) {
            return countKept(session, library);
        }
        auto done =
            session.each("SELECT count(*) FROM media_items i WHERE ?1=?1 AND i.library_id=?2 AND i.status<>'missing'" +
                             visible(viewer),
                         {viewer.userId, library.id}, [&](const core::db::Row& row) {
                             library.items = row.integer(0);
                             return false;
                         });
        return done ? session.each(
                          "SELECT count(*), sum(f.state<>'ok') FROM media_files f WHERE ?1=?1 AND f.library_id=?2 AND "
                          "f.state<>'missing'" +
                              visibleItem(viewer, "f.item_id"),
                          {viewer.userId, library.id},
                          [&](const core::db::Row& row) {
                              library.files = row.integer(0);
                              library.broken = row.integer(1);
                              return false;
                          })
                    : done;
    });
}

Result<LibraryRow> LibraryStore::add(const std::string& name, const std::string& path, core::TimeMs now) {
    return database_.writeValue<LibraryRow>([&](core::db::Session& session) -> Result<LibraryRow> {
        auto there = rows(session);
        if (!there) {
            return core::unexpected<core::Error>(there.error());
        }
        for (const LibraryRow& library : *there) {
            if (within(library.path, path) || within(path, library.path)) {
                return core::fail(ErrorCode::Conflict, "The library “" + library.name + "” has this folder already.");
            }
        }
        LibraryRow library;
        library.id = core::newId(now);
        library.name = name;
        library.path = path;
        auto done = session.run("INSERT INTO libraries(id, name, path, created_at) VALUES (?1, ?2, ?3, ?4)",
                                {std::string_view(library.id), std::string_view(name), std::string_view(path), now});
        return done ? Result<LibraryRow>(library) : core::unexpected<core::Error>(done.error());
    });
}

Result<bool> LibraryStore::remove(const core::Id& id) {
    return database_.writeValue<bool>([&](core::db::Session& session) -> Result<bool> {
        const std::string_view library(id);
        auto done = session.run(
            "DELETE FROM search WHERE rowid IN (SELECT search_row FROM media_items WHERE "
            "library_id=?1 AND search_row<>0)",
            {library});
        for (const char* sql :
             {"DELETE FROM sidecars WHERE library_id=?1", "DELETE FROM media_files WHERE library_id=?1",
              "DELETE FROM media_items WHERE library_id=?1", "DELETE FROM scan_folders WHERE library_id=?1",
              "DELETE FROM libraries WHERE id=?1"}) {
            done = done ? session.run(sql, {library}) : done;
        }
        return done ? Result<bool>(session.changes() > 0) : core::unexpected<core::Error>(done.error());
    });
}

Result<std::vector<Catalog::LibrarySize>> LibraryStore::sizes() {
    return database_.readValue<std::vector<Catalog::LibrarySize>>([&](core::db::Session& session) {
        return session.all(
            "SELECT l.id, l.name, l.path, coalesce(sum(f.files), 0), coalesce(sum(f.bytes), 0) FROM libraries l LEFT "
            "JOIN file_counts f ON f.library_id=l.id AND f.state<>'missing' GROUP BY l.id ORDER BY l.name, l.id",
            {}, [](const core::db::Row& row) {
                return Catalog::LibrarySize{row.string(0), row.string(1), row.string(2), row.integer(3),
                                            row.integer(4)};
            });
    });
}

Result<bool> LibraryStore::exists(const core::Id& id) {
    return database_.readValue<bool>([&](core::db::Session& session) -> Result<bool> {
        auto row = session.first("SELECT 1 FROM libraries WHERE id=?1", {std::string_view(id)},
                                 [](const core::db::Row& r) { return r.boolean(0); });
        return row ? Result<bool>(row->has_value()) : core::unexpected<core::Error>(row.error());
    });
}

}  // namespace marea::server
