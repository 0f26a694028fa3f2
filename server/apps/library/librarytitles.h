#pragma once

#include "server/apps/library/mediasource.h"
#include "server/apps/library/playbackservice.h"
#include "server/stream/title.h"

namespace marea::server {

// A file of `item`, as streams know it.
StreamTitle streamTitle(const core::Id& user, const ItemDetail& item, const ItemFile& file, OpenedFile opened);

// The library as a source of streams: every file is looked up as its user's, and has to be of the title that the
// token opens.
class LibraryTitles final : public TitleSource {
public:
    LibraryTitles(PlaybackService& service, MediaSource& media) : service_(service), media_(media) {}

    core::Result<StreamTitle> open(const Principal& who, const core::Id& title, const core::Id& file) override;
    core::Result<StreamTitle> openSidecar(const Principal& who, const core::Id& title,
                                          const core::Id& sidecar) override;

private:
    core::Result<core::Id> user(const Principal& who);

    PlaybackService& service_;
    MediaSource& media_;
};

}  // namespace marea::server
