#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/io/prober.h"
#include "core/media/loudness.h"
#include "core/media/mediainfo.h"
#include "server/packaging/hardware.h"
#include "server/packaging/segment.h"
#include "server/transcode/wire.h"

namespace marea::server {

// What the pool and a worker say to each other over a stream socket. A frame is a 32-bit length and that many bytes:
// a type and its fields. Every request brings one descriptor by SCM_RIGHTS, and those of the subtitles beside its file
// after that, in the order of the requests; several requests may come in one message. A worker works them off in order
// and answers each once. Pure: no I/O here.

constexpr std::uint32_t protocolVersion = 9;
constexpr std::uint32_t maxRequestFrame = 64u << 10;
constexpr std::uint32_t maxReplyFrame = 128u << 20;   // eight seconds of a copied 4K disc
constexpr std::size_t maxDescriptorsPerMessage = 64;  // the kernel's limit is 253

using JobId = std::uint64_t;  // never 0

struct ProbeRequest {
    JobId job = 0;
    std::string name;
};

struct ImageRequest {
    JobId job = 0;
    std::string name;
    std::int32_t maxEdge = 0;
};

// What segments of the file are computed from.
struct IndexRequest {
    JobId job = 0;
    std::string name;
    IndexDepth depth = IndexDepth::Whole;
};

// Subtitles in files of their own that an encoding of the request burns in.
struct BesideFiles {
    std::int32_t stream = 0;  // under which the encoding names them
    std::int32_t track = 0;   // which of the file's languages
    std::int32_t files = 1;   // a .sup, or an .idx and its .sub: as many descriptors more
};
constexpr std::int32_t maxBesideFiles = 2;

struct SegmentRequest {
    JobId job = 0;
    std::string name;
    SegmentSpec spec;
    std::optional<BesideFiles> beside = {};
};

// The tracks of `spec`, all encodings of one video stream, each as a segment of its own, made by decoding once.
struct LadderRequest {
    JobId job = 0;
    std::string name;
    SegmentSpec spec;
    std::optional<BesideFiles> beside = {};
};

struct SubtitleRequest {
    JobId job = 0;
    std::string name;
    SubtitleWish wish;
};

struct SpriteRequest {  // answered by an ImageReply
    JobId job = 0;
    std::string name;
    SpriteWish wish;
};

struct LoudnessRequest {
    JobId job = 0;
    std::string name;
    core::LoudnessWish wish;
};

// How the tracks of `spec`, all encodings of one video stream, look: the largest first.
struct QualityRequest {
    JobId job = 0;
    std::string name;
    SegmentSpec spec;
};

struct ReadyReply {
    std::uint32_t version = protocolVersion;
    std::string sandbox;  // what locks the worker down, for the log
};

struct ProbeReply {
    JobId job = 0;
    core::MediaInfo info;
};

struct ImageReply {
    JobId job = 0;
    core::Image image;
};

struct IndexReply {
    JobId job = 0;
    MediaIndex index;
};

struct SegmentReply {
    JobId job = 0;
    std::string bytes;
};

struct LadderReply {
    JobId job = 0;
    std::vector<std::string> segments;  // of the tracks, in their order
};

struct SubtitleReply {
    JobId job = 0;
    std::string text;  // UTF-8
};

struct LoudnessReply {
    JobId job = 0;
    core::LoudnessPart part;
};

struct QualityReply {
    JobId job = 0;
    std::vector<double> qualities;  // SSIM of the tracks, in their order
};

// What a worker of a device found out about it, unasked, after it is ready; it ends then.
struct HardwareReply {
    HardwareDevice device;
};

struct FailureReply {
    JobId job = 0;
    core::ErrorCode code = core::ErrorCode::Corrupt;
    std::string text, detail;
};

// What opens a request's file, where it lies encrypted: its first bytes (core/io/sealedfile.h), and the secret.
struct FileSecret {
    std::string header, secret;
};

using Request = std::variant<ProbeRequest, ImageRequest, IndexRequest, SegmentRequest, SubtitleRequest, SpriteRequest,
                             LoudnessRequest, LadderRequest, QualityRequest>;
using Reply = std::variant<ReadyReply, ProbeReply, ImageReply, FailureReply, IndexReply, SegmentReply, SubtitleReply,
                           LoudnessReply, HardwareReply, LadderReply, QualityReply>;

JobId jobOf(const Request& request);
JobId jobOf(const Reply& reply);  // 0 for ReadyReply and HardwareReply
const std::string& nameOf(const Request& request);
const BesideFiles* besideOf(const Request& request);  // null: none

// Appends one whole frame.
void encode(Bytes& out, const Request& request, const FileSecret* secret = nullptr);
void encode(Bytes& out, const Reply& reply);

// `data` is a frame without its length. ErrorCode::Corrupt when it is not exactly one message.
// `secret`: takes what came behind the request, if anything.
core::Result<Request> decodeRequest(const std::uint8_t* data, std::size_t size,
                                    std::optional<FileSecret>* secret = nullptr);
core::Result<Reply> decodeReply(const std::uint8_t* data, std::size_t size);

// Cuts a byte stream into frames. Holds at most a frame and what was fed last.
class FrameBuffer {
public:
    explicit FrameBuffer(std::uint32_t maxFrame) : maxFrame_(maxFrame) {}

    struct Frame {
        const std::uint8_t* data;
        std::size_t size;
    };

    void feed(const std::uint8_t* data, std::size_t size);
    // The next whole frame, valid until the next call; nullopt when more bytes are needed.
    // ErrorCode::TooLarge when a frame says it is longer than allowed; the stream is then of no more use.
    core::Result<std::optional<Frame>> next();

private:
    std::uint32_t maxFrame_;
    Bytes buffer_;
    std::size_t start_ = 0;
};

}  // namespace marea::server
