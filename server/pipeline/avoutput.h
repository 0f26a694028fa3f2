#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "server/pipeline/libav.h"

namespace marea::server {

// One of libav's muxers, which writes into memory: the same bytes for the same packets.
class AvOutput {
public:
    static core::Result<std::unique_ptr<AvOutput>> open(const char* format);
    ~AvOutput();
    AvOutput(const AvOutput&) = delete;
    AvOutput& operator=(const AvOutput&) = delete;

    AVFormatContext* context() const { return context_; }
    // Adds a stream; it belongs to the context. Null when there is no memory.
    AVStream* addStream(const AVCodecParameters* parameters, AVRational timeBase);
    // `options` is emptied.
    core::Result<void> writeHeader(AVDictionary* options);
    // Gives a reference of the packet to the muxer, as it stands. Null: what it holds back is written.
    core::Result<void> write(const AVPacket* packet);
    // What was written since the beginning. Ends the output.
    core::Result<std::string> take();

private:
    AvOutput() = default;
    AVFormatContext* context_ = nullptr;
};

}  // namespace marea::server
