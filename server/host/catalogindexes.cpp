#include "server/host/catalogindexes.h"

#include "server/packaging/timegrid.h"

namespace marea::server {

core::Result<std::vector<IndexedFilm>> CatalogIndexes::films(std::int64_t after, std::int64_t limit) {
    auto files = catalog_.filmFiles(after, limit, "mpeg");  // a few of many, usually
    if (!files) {
        return core::unexpected<core::Error>(files.error());
    }
    std::vector<IndexedFilm> films;
    films.reserve(files->size());
    for (FilmFile& file : *files) {
        const bool takesLong = file.playable && isLongToIndex(file.info, file.size);
        films.push_back({file.num, std::move(file.id), std::move(file.name), std::move(file.etag), takesLong});
    }
    return films;
}

core::Result<SegmentSource> CatalogIndexes::open(const core::Id& file) {
    auto opened = catalog_.openForWork(file);
    if (!opened) {
        return core::unexpected<core::Error>(opened.error());
    }
    return SegmentSource{std::move(opened->file), std::move(opened->name), std::move(opened->etag)};
}

}  // namespace marea::server
