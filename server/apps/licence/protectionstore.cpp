#include "server/apps/licence/protectionstore.h"

namespace marea::server {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;
using core::db::Session;

namespace {

std::string textOf(const ProtectionSchemes& schemes) {
    std::string text;
    for (const ProtectionScheme scheme : schemes) {
        text += (text.empty() ? "" : " ") + std::string(name(scheme));
    }
    return text;
}

// A word that this program does not know is left out: a title stays protected, in what is left.
ProtectionSchemes schemesOf(std::string_view text) {
    ProtectionSchemes schemes;
    for (const ProtectionScheme scheme : kProtectionSchemes) {
        if ((" " + std::string(text) + " ").find(" " + std::string(name(scheme)) + " ") != std::string::npos) {
            schemes.push_back(scheme);
        }
    }
    return schemes;
}

Result<void> requireThere(Session& db, const ProtectionTarget& target) {
    const bool library = target.kind == ProtectionTarget::Kind::Library;
    const auto found =
        db.first(library ? "SELECT 1 FROM libraries WHERE id = ?1" : "SELECT 1 FROM media_items WHERE id = ?1",
                 {target.id}, [](const core::db::Row&) { return true; });
    if (!found) {
        return unexpected<core::Error>(found.error());
    }
    return *found ? Result<void>() : fail(ErrorCode::NotFound, "There is no such item or library.");
}

Result<ProtectionChoice> nearest(Session& db, const core::Id& target) {
    const auto found = db.first(
        "SELECT p.schemes, p.target_id FROM "
        "(SELECT ?1 AS id, 0 AS distance UNION ALL SELECT season_id, 1 FROM media_items WHERE id = ?1 "
        "UNION ALL SELECT series_id, 2 FROM media_items WHERE id = ?1 "
        "UNION ALL SELECT album_id, 3 FROM media_items WHERE id = ?1 "
        "UNION ALL SELECT artist_id, 4 FROM media_items WHERE id = ?1 "
        "UNION ALL SELECT library_id, 5 FROM media_items WHERE id = ?1) t "
        "JOIN protections p ON p.target_id = t.id ORDER BY t.distance LIMIT 1",
        {target}, [](const core::db::Row& row) {
            return ProtectionChoice{!row.text(0).empty(), schemesOf(row.text(0)), row.string(1)};
        });
    return found ? Result<ProtectionChoice>(found->value_or(ProtectionChoice{}))
                 : unexpected<core::Error>(found.error());
}

}  // namespace

Result<std::optional<ProtectionSchemes>> ProtectionStore::of(const core::Id& title) {
    auto found = database_.readValue<ProtectionChoice>([&](Session& db) { return nearest(db, title); });
    if (!found) {
        return unexpected<core::Error>(found.error());
    }
    return found->protects ? std::optional(std::move(found->schemes)) : std::nullopt;
}

Result<ProtectionChoice> ProtectionStore::choice(const ProtectionTarget& target) {
    return database_.readValue<ProtectionChoice>([&](Session& db) -> Result<ProtectionChoice> {
        const auto there = requireThere(db, target);
        return there ? nearest(db, target.id) : unexpected<core::Error>(there.error());
    });
}

Result<void> ProtectionStore::change(const ProtectionTarget& target,
                                     const std::function<Result<void>(Session&)>& work) {
    return database_.write([&](Session& db) -> Result<void> {
        const auto there = requireThere(db, target);
        return there ? work(db) : there;
    });
}

Result<void> ProtectionStore::choose(const ProtectionTarget& target, const ProtectionSchemes& schemes,
                                     const core::Id& user) {
    return change(target, [&](Session& db) {
        const std::string text = textOf(schemes);
        return db.run(
            "INSERT INTO protections(target_id, schemes, user_id, changed_at) VALUES (?1, ?2, ?3, ?4) "
            "ON CONFLICT (target_id) DO UPDATE SET schemes = ?2, user_id = ?3, changed_at = ?4",
            {target.id, text, user, clock_->now()});
    });
}

Result<void> ProtectionStore::inherit(const ProtectionTarget& target) {
    return change(target,
                  [&](Session& db) { return db.run("DELETE FROM protections WHERE target_id = ?1", {target.id}); });
}

}  // namespace marea::server
