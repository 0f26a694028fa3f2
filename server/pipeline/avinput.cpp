#include "server/pipeline/avinput.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "server/pipeline/formats.h"
#include "server/pipeline/libav.h"

namespace marea::server {
namespace {

using core::ErrorCode;

constexpr int ioBufferSize = 64 << 10;

core::Error notMedia(std::string detail) {
    return core::Error{ErrorCode::Corrupt, std::move(detail), "Not a media file that Marea knows"};
}

// libav's probing, which runs every demuxer's test on the front of the file; a longer front when that says little.
const AVInputFormat* probeFormat(MediaSource& source, int& score) {
    const AVInputFormat* format = nullptr;
    for (const std::size_t length : {std::size_t{8} << 10, std::size_t{256} << 10}) {
        std::vector<std::uint8_t> front(length + AVPROBE_PADDING_SIZE, 0);
        const std::size_t got = source.read(0, front.data(), length);
        const std::string file = "file." + source.extension();
        AVProbeData data{file.c_str(), front.data(), static_cast<int>(got), nullptr};
        format = av_probe_input_format3(&data, 1, &score);
        if ((format && score > AVPROBE_SCORE_EXTENSION) || got < length)
            break;
    }
    return format;
}

core::Result<const AVInputFormat*> chooseFormat(MediaSource& source) {
    if (const char* sure = demuxerForMagic(source.head(1024)))
        return av_find_input_format(sure);
    int score = 0;
    const AVInputFormat* probed = probeFormat(source, score);
    // A playlist stays a playlist, whatever its name promises.
    if (probed && score > AVPROBE_SCORE_EXTENSION && !isAllowedDemuxer(probed->name))
        return core::unexpected(notMedia(std::string("format ") + probed->name));
    const char* promised = demuxerForExtension(source.extension());
    if (promised && (!probed || score <= AVPROBE_SCORE_EXTENSION))
        return av_find_input_format(promised);
    if (!probed || score < AVPROBE_SCORE_RETRY / 2)
        return core::unexpected(notMedia("no format, score " + std::to_string(score)));
    if (!isAllowedDemuxer(probed->name))
        return core::unexpected(notMedia(std::string("format ") + probed->name));
    return probed;
}

}  // namespace

core::Error explainAvError(int code, const MediaSource& source) {
    char words[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, words, sizeof words);
    if (source.failed())
        return source.failure();
    if (code == AVERROR(ENOMEM))
        return {ErrorCode::Corrupt, words, "The file asks for more memory than it may use"};
    if (code == AVERROR_EOF)
        return {ErrorCode::Corrupt, words, "The file ends too early"};
    if (code == AVERROR_INVALIDDATA)
        return {ErrorCode::Corrupt, words, "The file is damaged"};
    if (code == AVERROR(EPERM) || code == AVERROR(EACCES) || code == AVERROR(EINVAL))
        return {ErrorCode::Corrupt, words, "Not a media file that Marea knows"};
    return {ErrorCode::Corrupt, words, "The file cannot be read"};
}

core::Result<std::unique_ptr<AvInput>> AvInput::open(MediaSource& source) {
    auto format = chooseFormat(source);
    if (!format)
        return core::unexpected(format.error());
    if (!*format)
        return core::fail(ErrorCode::Corrupt, "This kind of file is not supported here", "demuxer not built in");
    std::unique_ptr<AvInput> input(new AvInput);
    input->source_ = &source;
    if (auto started = input->start(*format); !started)
        return core::unexpected(started.error());
    return input;
}

core::Result<void> AvInput::start(const AVInputFormat* format) {
    auto* buffer = static_cast<std::uint8_t*>(av_malloc(ioBufferSize));
    if (!buffer)
        return core::unexpected(explainAvError(AVERROR(ENOMEM), *source_));
    io_ = avio_alloc_context(buffer, ioBufferSize, 0, this, &readPacket, nullptr, &seek);
    context_ = avformat_alloc_context();
    if (!io_ || !context_)
        return core::unexpected(explainAvError(AVERROR(ENOMEM), *source_));
    context_->pb = io_;
    context_->opaque = this;
    context_->io_open = &refuseOpen;
    context_->protocol_whitelist = av_strdup("none");  // an empty list would mean: any
    context_->format_whitelist = av_strdup(allowedDemuxers());
    context_->flags |= AVFMT_FLAG_CUSTOM_IO;
    context_->max_streams = 256;
    // No name: nothing that libav could take as the base of a relative one.
    const int result = avformat_open_input(&context_, "", format, nullptr);
    if (result < 0)
        return core::unexpected(explainAvError(result, *source_));
    return {};
}

AvInput::~AvInput() {
    avformat_close_input(&context_);
    if (io_)
        av_freep(&io_->buffer);
    avio_context_free(&io_);
}

int AvInput::readPacket(void* opaque, std::uint8_t* buffer, int size) {
    auto* self = static_cast<AvInput*>(opaque);
    if (self->hollow_)
        return self->readZeros(buffer, size);
    const std::size_t got = self->source_->read(self->position_, buffer, static_cast<std::size_t>(size));
    if (got == 0)
        return self->source_->failed() ? AVERROR(EIO) : AVERROR_EOF;
    self->position_ += static_cast<std::int64_t>(got);
    return static_cast<int>(got);
}

void AvInput::setHollow(bool hollow) {
    // What is buffered is of the other kind.
    position_ = avio_tell(io_);
    io_->pos = position_;
    io_->buf_ptr = io_->buf_end = io_->buffer;
    io_->eof_reached = 0;
    hollow_ = hollow;
}

int AvInput::readZeros(std::uint8_t* buffer, int size) {
    const std::int64_t count = std::min<std::int64_t>(size, source_->size() - position_);
    if (count <= 0)
        return AVERROR_EOF;
    std::memset(buffer, 0, static_cast<std::size_t>(count));
    position_ += count;
    return static_cast<int>(count);
}

std::int64_t AvInput::seek(void* opaque, std::int64_t offset, int whence) {
    auto* self = static_cast<AvInput*>(opaque);
    if (whence & AVSEEK_SIZE)
        return self->source_->size();
    switch (whence & ~AVSEEK_FORCE) {
        case SEEK_CUR:
            offset += self->position_;
            break;
        case SEEK_END:
            offset += self->source_->size();
            break;
        case SEEK_SET:
            break;
        default:
            return AVERROR(EINVAL);
    }
    if (offset < 0)
        return AVERROR(EINVAL);
    return self->position_ = offset;
}

int AvInput::refuseOpen(AVFormatContext* context, AVIOContext**, const char*, int, AVDictionary**) {
    ++static_cast<AvInput*>(context->opaque)->refused_;
    return AVERROR(EACCES);
}

}  // namespace marea::server
