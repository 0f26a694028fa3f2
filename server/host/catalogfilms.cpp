#include "server/host/catalogfilms.h"

namespace marea::server {

core::Result<std::vector<SpriteFilm>> CatalogFilms::films(std::int64_t after, std::int64_t limit) {
    auto files = catalog_.filmFiles(after, limit);
    if (!files) {
        return core::unexpected<core::Error>(files.error());
    }
    std::vector<SpriteFilm> films;
    films.reserve(files->size());
    for (FilmFile& file : *files) {
        films.push_back({file.num, std::move(file.id), std::move(file.name), std::move(file.etag),
                         spritePlan(file.info), file.playable});
    }
    return films;
}

core::Result<SegmentSource> CatalogFilms::open(const core::Id& file) {
    auto opened = catalog_.openForWork(file);
    if (!opened) {
        return core::unexpected<core::Error>(opened.error());
    }
    return SegmentSource{std::move(opened->file), std::move(opened->name), std::move(opened->etag)};
}

}  // namespace marea::server
