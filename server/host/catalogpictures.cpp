#include "server/host/catalogpictures.h"

namespace marea::server {

core::Result<std::vector<core::PictureFile>> CatalogPictures::unmeasured(std::int64_t after, std::int64_t limit) {
    return store_.unmeasured(after, limit);
}

core::Result<SegmentSource> CatalogPictures::open(const std::string& content) {
    return files_.open(content);
}

core::Result<core::MediaInfo> CatalogPictures::info(const std::string& content) {
    return store_.info(content);
}

core::Result<void> CatalogPictures::keep(const std::string& content, const std::vector<core::RungMeasure>& rungs,
                                         const std::string& problem) {
    auto kept = store_.keep(content, rungs, problem);
    if (kept) {
        onKept_();
    }
    return kept;
}

core::Result<void> CatalogPictures::sweep() {
    auto swept = store_.sweep();
    return swept ? core::Result<void>() : core::unexpected<core::Error>(swept.error());
}

}  // namespace marea::server
