#include "server/apps/catalog/metadataedits.h"

#include <algorithm>

#include "server/apps/catalog/groupages.h"
#include "server/apps/catalog/groups.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::ErrorCode;
using core::Result;
using core::db::Row;

std::string partOf(const MetadataFields& edited, const char* name) {
    const json::value* artwork = edited.if_contains("artwork");
    const json::value* part = artwork && artwork->is_object() ? artwork->get_object().if_contains(name) : nullptr;
    return part && part->is_string() ? std::string(part->get_string()) : std::string();
}

// Pictures beside its files, and in its own folder.
constexpr std::string_view kPictures =
    "SELECT s.id, s.name, s.size, s.mtime_ns FROM sidecars s WHERE s.kind='image' AND s.folder IN "
    "(SELECT folder FROM media_files WHERE item_id=?1 UNION SELECT num FROM scan_folders WHERE library_id=?2 AND "
    "path=?3) "
    "AND (s.file_id IS NULL OR s.file_id IN (SELECT id FROM media_files WHERE item_id=?1)) ORDER BY s.name LIMIT 100";

}  // namespace

std::string uploadedPicture(const MetadataFields& edited) {
    return partOf(edited, "kind").empty() ? partOf(edited, "source") : std::string();
}

Result<ItemMetadata> MetadataEdits::read(const core::Id& id) {
    auto item = ScanStore(session_).item(id);
    if (!item || !*item) {
        return item ? core::fail(ErrorCode::NotFound, "There is no such item.") : core::unexpected(item.error());
    }
    ItemMetadata metadata;
    metadata.own = std::move(**item);
    auto done = session_.each("SELECT edited, edited_at, provided FROM metadata_edits WHERE item=?1",
                              {metadata.own.num}, [&](const Row& row) {
                                  metadata.edited = metadataFromText(row.text(0));
                                  metadata.provided = metadataFromText(row.text(2));
                                  metadata.editedAt =
                                      metadata.edited.empty() ? std::nullopt : std::optional(row.integer(1));
                                  return false;
                              });
    // No folder has this path: the library's own one is nobody's.
    const std::string folder = metadata.own.folder.empty() ? "/" : metadata.own.folder;
    done =
        done ? session_.each(kPictures,
                             {std::string_view(id), std::string_view(metadata.own.libraryId), std::string_view(folder)},
                             [&](const Row& row) {
                                 metadata.pictures.push_back({row.string(0), row.string(1)});
                                 return true;
                             })
             : done;
    return done ? Result<ItemMetadata>(std::move(metadata)) : core::unexpected(done.error());
}

Result<ItemMetadata> MetadataEdits::save(ItemMetadata metadata, core::TimeMs now) {
    ScanStore store(session_);
    const auto done = store.saveEdits(metadata.own, metadata.edited, now);
    return saved(store, metadata, done);
}

Result<ItemMetadata> MetadataEdits::saved(ScanStore& store, const ItemMetadata& metadata, const Result<void>& written) {
    auto done = written ? store.saveSearch() : written;
    done = done ? rateAround(metadata.own) : done;
    return done ? read(metadata.own.id) : core::unexpected(done.error());
}

Result<ItemMetadata> MetadataEdits::provide(const core::Id& item, const MetadataFields& provided) {
    auto metadata = read(item);
    if (!metadata) {
        return metadata;
    }
    ScanStore store(session_);
    const auto done = store.saveProvided(metadata->own, provided);
    return saved(store, *metadata, done);
}

// Episodes without a rating have that of their series, and whoever may see something of a group sees the group.
Result<void> MetadataEdits::rateAround(const ItemRow& item) {
    const core::Id series = item.kind == "series" ? item.id : item.seriesId;
    if (series.empty()) {
        return {};
    }
    const auto seasons =
        session_.all("SELECT id FROM media_items INDEXED BY media_items_of_series WHERE series_id=?1 AND kind='season'",
                     {std::string_view(series)}, [](const Row& row) { return core::Id(row.string(0)); });
    if (!seasons) {
        return core::unexpected(seasons.error());
    }
    GroupAges ages(session_);
    auto done = ages.series({series});
    return done ? ages.seasons({seasons->begin(), seasons->end()}) : done;
}

Result<ItemMetadata> MetadataEdits::change(const core::Id& item, MetadataChange change, core::TimeMs now) {
    auto metadata = read(item);
    if (!metadata) {
        return metadata;
    }
    ItemRow shown = metadata->own;
    lay(shownFields({metadata->edited, metadata->provided}, metadata->own), shown);
    for (const auto& field : fieldsOf(shown, {change.lock.begin(), change.lock.end()})) {
        metadata->edited[field.key()] = field.value();
    }
    for (const std::string& name : change.reset) {
        metadata->edited.erase(name);
    }
    for (const auto& field : change.set) {
        if (field.key() == "artwork") {
            if (auto chosen = choosePicture(core::Id(field.value().get_string()), *metadata); !chosen) {
                return core::unexpected(chosen.error());
            }
        } else {
            metadata->edited[field.key()] = field.value();
        }
    }
    return save(std::move(*metadata), now);
}

Result<void> MetadataEdits::choosePicture(const core::Id& picture, ItemMetadata& metadata) {
    const bool has = std::any_of(metadata.pictures.begin(), metadata.pictures.end(),
                                 [&](const PictureChoice& choice) { return choice.id == picture; });
    if (!has) {
        return core::fail(ErrorCode::Unprocessable, "The item has no such picture.");
    }
    return session_.each("SELECT size, mtime_ns FROM sidecars WHERE id=?1", {std::string_view(picture)},
                         [&](const Row& row) {
                             SidecarRow sidecar;
                             sidecar.id = picture;
                             sidecar.size = row.integer(0);
                             sidecar.mtimeNs = row.integer(1);
                             ItemRow with;
                             setArtwork(with, sidecar);
                             metadata.edited["artwork"] = fieldsOf(with, {"artwork"})["artwork"];
                             return false;
                         });
}

Result<ItemMetadata> MetadataEdits::setPicture(const core::Id& item, const std::string& source,
                                               const std::string& version, core::TimeMs now) {
    auto metadata = read(item);
    if (!metadata) {
        return metadata;
    }
    ItemRow with;
    with.artworkSource = source;
    with.artworkVersion = version;
    metadata->edited["artwork"] = fieldsOf(with, {"artwork"})["artwork"];
    return save(std::move(*metadata), now);
}

Result<ItemMetadata> MetadataEdits::reset(const core::Id& item, core::TimeMs now) {
    auto metadata = read(item);
    if (!metadata || metadata->edited.empty()) {
        return metadata;
    }
    metadata->edited.clear();
    return save(std::move(*metadata), now);
}

json::object metadataJson(const ItemMetadata& metadata) {
    json::object own = fieldsOf(metadata.own, editableFields(metadata.own.kind)), edited = metadata.edited;
    json::object provided = metadata.provided;
    json::array locked, pictures;
    for (const auto& field : metadata.edited) {
        locked.emplace_back(field.key());
    }
    for (const PictureChoice& picture : metadata.pictures) {
        pictures.push_back(json::object{{"id", picture.id}, {"name", picture.name}});
    }
    // Of a picture, what was chosen: the id of a file beside the item, or that it was uploaded.
    own.erase("artwork");
    if (edited.contains("artwork")) {
        edited["artwork"] = uploadedPicture(metadata.edited).empty() ? partOf(metadata.edited, "source") : "uploaded";
    }
    if (provided.contains("artwork")) {
        provided["artwork"] = "provided";
    }
    return {{"media_id", metadata.own.id},
            {"kind", metadata.own.kind},
            {"file", std::move(own)},
            {"edited", std::move(edited)},
            {"provided", std::move(provided)},
            {"locked", std::move(locked)},
            {"edited_at", metadata.editedAt ? json::value(*metadata.editedAt) : json::value(nullptr)},
            {"pictures", std::move(pictures)}};
}

}  // namespace marea::server
