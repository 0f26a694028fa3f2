#pragma once

#include <memory>

#include "server/pipeline/mediasource.h"

struct AVFormatContext;
struct AVIOContext;
struct AVInputFormat;
struct AVDictionary;

namespace marea::server {

// An AVFormatContext over a MediaSource, opened so that libav can reach nothing else: own I/O, an empty protocol
// whitelist, a list of demuxers, and a callback that refuses to open anything that a file names.
class AvInput {
public:
    // Picks the demuxer by the first bytes, by libav's own probing, and by the extension where those say little.
    // `source` outlives the input. ErrorCode::Corrupt with a reason in words.
    static core::Result<std::unique_ptr<AvInput>> open(MediaSource& source);
    ~AvInput();
    AvInput(const AvInput&) = delete;
    AvInput& operator=(const AvInput&) = delete;

    AVFormatContext* context() const { return context_; }
    int refused() const { return refused_; }  // how often the file asked for another file or an address

    // While it is true, the file's bytes are not read: zeros come in their place. For demuxers that know from their
    // index what they give, when only that is asked for and not what is in it.
    void setHollow(bool hollow);

private:
    AvInput() = default;
    static int readPacket(void* opaque, std::uint8_t* buffer, int size);
    int readZeros(std::uint8_t* buffer, int size);
    static std::int64_t seek(void* opaque, std::int64_t offset, int whence);
    static int refuseOpen(AVFormatContext* context, AVIOContext** io, const char* url, int flags,
                          AVDictionary** options);
    core::Result<void> start(const AVInputFormat* format);

    MediaSource* source_ = nullptr;
    std::int64_t position_ = 0;
    int refused_ = 0;
    bool hollow_ = false;
    AVIOContext* io_ = nullptr;
    AVFormatContext* context_ = nullptr;
};

// What a failure of libav over this file means to a person.
core::Error explainAvError(int code, const MediaSource& source);

}  // namespace marea::server
