#include "server/pipeline/taglibstream.h"

#include <algorithm>
#include <limits>

namespace marea::server {

TagLib::ByteVector TagLibStream::readBlock(TagSize length) {
    const TagOffset left = this->length() - position_;
    if (left <= 0 || length == 0)
        return {};
    // A length from the file is cut to what the file has, so that no allocation outgrows it.
    const auto count = std::min<std::int64_t>({left, static_cast<std::int64_t>(length), 64 << 20});
    TagLib::ByteVector block(static_cast<unsigned>(count), 0);
    const std::size_t got =
        source_.read(position_, reinterpret_cast<std::uint8_t*>(block.data()), static_cast<std::size_t>(count));
    block.resize(static_cast<unsigned>(got));
    position_ += static_cast<TagOffset>(got);
    return block;
}

void TagLibStream::seek(TagOffset offset, Position from) {
    const TagOffset base = from == Beginning ? 0 : from == Current ? position_ : length();
    position_ = std::max<TagOffset>(base + offset, 0);
}

}  // namespace marea::server
