#pragma once

#include "server/apps/catalog/item.h"
#include "server/gateway/http.h"
#include "server/stream/streamservice.h"

namespace marea::server {

// Half a minute out of a piece of music, as an MP3 made while it is sent, for people who do not have it (yet). `open`
// opens a file of the item by its id. `done` once, on any thread. NotFound: it is no music.
using OpenFile = std::function<core::Result<OpenedFile>(const core::Id& file)>;
void soundPreview(StreamService& streams, const Principal& who, const ItemDetail& item, const OpenFile& open,
                  std::function<void(core::Result<Response>)> done);

// The first `most` bytes of a body. Its length is not said.
StreamBody firstOf(StreamBody body, std::uint64_t most);

}  // namespace marea::server
