#include "server/host/catalogsounds.h"

namespace marea::server {

namespace {

core::Result<void> withoutCount(const core::Result<std::int64_t>& counted) {
    return counted ? core::Result<void>() : core::unexpected<core::Error>(counted.error());
}

}  // namespace

core::Result<std::vector<core::SoundFile>> CatalogSounds::unmeasured(std::int64_t after, std::int64_t limit) {
    return store_.unmeasured(after, limit);
}

// What has changed since it was looked at is left to the next scan, which knows its content.
core::Result<SegmentSource> CatalogSounds::open(const std::string& content) {
    auto places = store_.places(content);
    if (!places) {
        return core::unexpected<core::Error>(places.error());
    }
    for (const SoundPlace& place : *places) {
        auto opened = catalog_.openForWork(place.file);
        if (opened && opened->etag == place.etag) {
            return SegmentSource{std::move(opened->file), std::move(opened->name), std::move(opened->etag)};
        }
    }
    return core::fail(core::ErrorCode::NotFound, "The file is gone, or has changed.");
}

core::Result<void> CatalogSounds::keep(const std::string& content, const std::vector<core::SoundMeasure>& measures) {
    return store_.keep(content, measures);
}

core::Result<void> CatalogSounds::refresh() {
    return withoutCount(store_.refresh());
}

core::Result<void> CatalogSounds::sweep() {
    return withoutCount(store_.sweep());
}

}  // namespace marea::server
