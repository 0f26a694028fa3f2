#include "server/apps/library/picturesidecars.h"

#include <algorithm>

#include "server/video/besidestreams.h"

namespace marea::server {

namespace {

core::StreamInfo streamOf(const Sidecar& sidecar, std::string language) {
    core::StreamInfo stream;
    stream.language = std::move(language);
    stream.forced = sidecar.forced;
    stream.hearingImpaired = sidecar.hearingImpaired;
    stream.isDefault = sidecar.isDefault;
    return stream;
}

// The .sup, or the .idx and its .sub.
std::optional<TitlePictures> open(MediaSource& media, const core::Id& user, const Sidecar& sidecar) {
    TitlePictures pictures;
    const auto add = [&](core::Result<OpenedFile> opened) {
        if (opened) {
            pictures.fingerprint += opened->etag;
            pictures.source.files.push_back(std::move(opened->file));
        }
        return opened.has_value();
    };
    const bool all = add(media.openSidecar(user, sidecar.id)) &&
                     (sidecar.format != "idx" || add(media.openVobSubData(user, sidecar.id)));
    return all ? std::optional(std::move(pictures)) : std::nullopt;
}

}  // namespace

std::vector<std::string> pictureTracks(const Sidecar& sidecar) {
    if (sidecar.kind != SidecarKind::Subtitle || (sidecar.format != "sup" && sidecar.format != "idx")) {
        return {};
    }
    return sidecar.format == "sup" ? std::vector{sidecar.language} : sidecar.languages;
}

void addPictureSidecars(ItemDetail& item) {
    for (ItemFile& file : item.files) {
        for (const Sidecar& sidecar : item.sidecars) {
            int track = 0;
            for (const std::string& language : pictureTracks(sidecar)) {
                addBeside(file.info, streamOf(sidecar, language), sidecar.id, track++, sidecar.format);
            }
        }
    }
}

std::string trackId(const Sidecar& sidecar, std::size_t track) {
    return sidecar.id + (track > 0 ? "." + std::to_string(track) : "");
}

std::optional<int> pictureStream(const ItemDetail& item, std::string_view wanted) {
    for (const Sidecar& sidecar : item.sidecars) {
        for (std::size_t track = 0; track < pictureTracks(sidecar).size(); ++track) {
            if (trackId(sidecar, track) == wanted) {
                return besideStream(sidecar.id, static_cast<int>(track));
            }
        }
    }
    return std::nullopt;
}

std::vector<TitlePictures> openPictureSidecars(MediaSource& media, const core::Id& user, const ItemDetail& item) {
    std::vector<TitlePictures> all;
    for (const Sidecar& sidecar : item.sidecars) {
        const std::size_t tracks = pictureTracks(sidecar).size();
        const auto opened = tracks > 0 ? open(media, user, sidecar) : std::nullopt;
        for (std::size_t track = 0; opened && track < tracks; ++track) {
            auto source = opened->source.duplicate();
            if (source) {
                source->track = static_cast<int>(track);
                source->stream = besideStream(sidecar.id, source->track);
                all.push_back({std::move(*source), opened->fingerprint});
            }
        }
    }
    return all;
}

}  // namespace marea::server
