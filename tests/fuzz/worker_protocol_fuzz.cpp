#include "server/transcode/protocol.h"

#include <algorithm>

using namespace marea::server;

// What decodes encodes to the same bytes, and nothing else happens.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (const auto reply = decodeReply(data, size)) {
        Bytes again;
        encode(again, *reply);
        if (Bytes(again.begin() + 4, again.end()) != Bytes(data, data + size))
            __builtin_trap();
    }
    if (const auto request = decodeRequest(data, size)) {
        Bytes again;
        encode(again, *request);
        if (Bytes(again.begin() + 4, again.end()) != Bytes(data, data + size))
            __builtin_trap();
    }
    for (const std::uint32_t limit : {maxRequestFrame, maxReplyFrame}) {
        FrameBuffer buffer(limit);
        for (std::size_t at = 0; at < size; at += 7) {
            buffer.feed(data + at, std::min<std::size_t>(7, size - at));
            for (auto frame = buffer.next(); frame && *frame; frame = buffer.next()) {
            }
        }
    }
    return 0;
}
