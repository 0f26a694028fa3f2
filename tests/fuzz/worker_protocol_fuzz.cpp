#include "server/transcode/protocol.h"

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
    FrameBuffer buffer(maxRequestFrame);
    buffer.feed(data, size);
    for (auto frame = buffer.next(); frame && *frame; frame = buffer.next()) {
    }
    return 0;
}
