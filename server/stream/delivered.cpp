#include "server/stream/delivered.h"

namespace marea::server {

namespace {

struct Place {
    std::uint64_t next = 0;
};

void tell(Place& place, bool bytes, const StreamBody::Piece& piece, const ToldRange& told) {
    if (piece && *piece) {
        const std::uint64_t size = bytes ? (*piece)->size() : 1, from = place.next;
        place.next += size;
        told(from, place.next);
    }
}

}  // namespace

StreamBody telling(StreamBody body, ToldRange told) {
    const auto place = std::make_shared<Place>();
    const bool bytes = body.length.has_value();
    if (body.seek) {
        body.seek = [place, seek = std::move(body.seek)](std::uint64_t offset) {
            place->next = offset;
            seek(offset);
        };
    }
    if (body.next) {
        body.next = [place, bytes, told, next = std::move(body.next)] {
            auto piece = next();
            tell(*place, bytes, piece, told);
            return piece;
        };
    }
    if (body.ask) {
        body.ask = [place, bytes, told, ask = std::move(body.ask)](const std::function<void(StreamBody::Piece)>& done) {
            ask([place, bytes, told, done](StreamBody::Piece piece) {
                tell(*place, bytes, piece, told);
                done(std::move(piece));
            });
        };
    }
    return body;
}

}  // namespace marea::server
