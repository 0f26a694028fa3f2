#pragma once

#include <tiostream.h>

#include "server/pipeline/mediasource.h"

namespace marea::server {

#if TAGLIB_MAJOR_VERSION >= 2
using TagOffset = TagLib::offset_t;
using TagSize = std::size_t;
#else
using TagOffset = long;
using TagSize = unsigned long;
#endif

// TagLib's view of a MediaSource: read-only.
class TagLibStream final : public TagLib::IOStream {
public:
    explicit TagLibStream(MediaSource& source) : source_(source) {}

    TagLib::FileName name() const override { return source_.name().c_str(); }
    TagLib::ByteVector readBlock(TagSize length) override;
    void writeBlock(const TagLib::ByteVector&) override {}
#if TAGLIB_MAJOR_VERSION >= 2
    void insert(const TagLib::ByteVector&, TagOffset, TagSize) override {}
    void removeBlock(TagOffset, TagSize) override {}
#else
    void insert(const TagLib::ByteVector&, TagSize, TagSize) override {}
    void removeBlock(TagSize, TagSize) override {}
#endif
    bool readOnly() const override {
        return true;
    }
    bool isOpen() const override {
        return true;
    }
    void seek(TagOffset offset, Position from) override;
    TagOffset tell() const override {
        return position_;
    }
    TagOffset length() override {
        return static_cast<TagOffset>(source_.size());
    }
    void truncate(TagOffset) override {}

private:
    MediaSource& source_;
    TagOffset position_ = 0;
};

}  // namespace marea::server
