#include "server/pipeline/audiofile.h"

#include <aifffile.h>
#include <apefile.h>
#include <apetag.h>
#include <attachedpictureframe.h>
#include <chapterframe.h>
#include <flacfile.h>
#include <id3v2tag.h>
#include <mpegfile.h>
#include <oggflacfile.h>
#include <opusfile.h>
#include <speexfile.h>
#include <tpropertymap.h>
#include <trueaudiofile.h>
#include <vorbisfile.h>
#include <wavfile.h>
#include <wavpackfile.h>
#include <xingheader.h>
#include <xiphcomment.h>

#include <memory>

#include "core/base/utf8.h"
#include "server/pipeline/formats.h"
#include "server/pipeline/mpegframes.h"
#include "server/pipeline/picture.h"
#include "server/pipeline/tagfields.h"
#include "server/pipeline/taglibstream.h"

namespace marea::server {
namespace {

using core::MediaInfo;
using TagLib::ByteVector;
using Style = TagLib::AudioProperties;

// A parsed file and what only its own class tells.
struct Parsed {
    std::unique_ptr<TagLib::File> file;
    std::string container, codec;
    int bitDepth = 0;
    double duration = 0;                            // when better known than from the properties
    TagLib::ID3v2::Tag* id3v2 = nullptr;            // of `file`
    TagLib::APE::Tag* ape = nullptr;                // of `file`
    TagLib::List<TagLib::FLAC::Picture*> pictures;  // of `file`
};

std::string bytesAt(MediaSource& source, std::int64_t offset, std::size_t count) {
    std::string bytes(count, '\0');
    bytes.resize(source.read(offset, reinterpret_cast<std::uint8_t*>(bytes.data()), count));
    return bytes;
}

// Where an ID3v2 tag at the front ends (ID3v2.4 section 3.1); 0 without one.
std::int64_t afterId3(std::string_view head) {
    if (!head.starts_with("ID3") || head.size() < 10)
        return 0;
    std::int64_t size = 0;
    for (std::size_t i = 6; i < 10; ++i)
        size = size << 7 | (static_cast<std::uint8_t>(head[i]) & 0x7F);
    return size + 10;
}

// What kind of file it is, by its bytes. "mp3" also when only the name says so.
std::string_view kindOf(MediaSource& source) {
    const std::string_view head = source.head(64);
    const std::int64_t start = afterId3(head);
    const std::string front = bytesAt(source, start, 64);
    const std::string_view view = front;
    if (view.starts_with("fLaC"))
        return "flac";
    if (view.starts_with("OggS") && view.size() > 40) {
        const std::string_view packet = view.substr(28);
        if (packet.starts_with("\x01vorbis"))
            return "vorbis";
        if (packet.starts_with("OpusHead"))
            return "opus";
        if (packet.starts_with("Speex   "))
            return "speex";
        return packet.starts_with(
                   "\x7F"
                   "FLAC")
                   ? "oggflac"
                   : "";
    }
    if (view.starts_with("RIFF") && view.substr(8).starts_with("WAVE"))
        return "wav";
    if (view.starts_with("FORM") && (view.substr(8).starts_with("AIFF") || view.substr(8).starts_with("AIFC")))
        return "aiff";
    if (view.starts_with("wvpk"))
        return "wavpack";
    if (view.starts_with("MAC "))
        return "ape";
    if (view.starts_with("TTA1"))
        return "tta";
    const std::string extension = source.extension();
    const bool named = extension == "mp3" || extension == "mp2";
    if (named && !demuxerForMagic(front.empty() ? head : view))
        return "mp3";
    return "";
}

void parseMpeg(Parsed& p, TagLibStream& stream, MediaSource& source) {
    auto file = std::make_unique<TagLib::MPEG::File>(&stream, TagLib::ID3v2::FrameFactory::instance());
    if (const auto* properties = file->audioProperties()) {
        p.codec = "mp" + std::to_string(properties->layer());
        if (!properties->xingHeader() && properties->sampleRate() > 0) {
            const std::int64_t end =
                file->hasAPETag() || file->hasID3v1Tag() ? file->lastFrameOffset() + 1 : source.size();
            p.duration = mpegDuration(source, file->firstFrameOffset(), std::max<std::int64_t>(end, 0));
        }
    }
    p.id3v2 = file->hasID3v2Tag() ? file->ID3v2Tag() : nullptr;
    p.ape = file->hasAPETag() ? file->APETag() : nullptr;
    p.container = "mp3";
    p.file = std::move(file);
}

void parseFlac(Parsed& p, TagLibStream& stream) {
    auto file = std::make_unique<TagLib::FLAC::File>(&stream, TagLib::ID3v2::FrameFactory::instance());
    if (const auto* properties = file->audioProperties())
        p.bitDepth = properties->bitsPerSample();
    p.pictures = file->pictureList();
    p.id3v2 = file->hasID3v2Tag() ? file->ID3v2Tag() : nullptr;
    p.container = p.codec = "flac";
    p.file = std::move(file);
}

template <class File>
void parseXiph(Parsed& p, TagLibStream& stream, const char* codec) {
    auto file = std::make_unique<File>(&stream);
    if (auto* comment = dynamic_cast<TagLib::Ogg::XiphComment*>(file->tag()))
        p.pictures = comment->pictureList();
    p.container = "ogg";
    p.codec = codec;
    p.file = std::move(file);
}

std::string pcmName(bool isFloat, int bits, const char* order) {
    if (isFloat)
        return bits == 32 || bits == 64 ? "pcm_f" + std::to_string(bits) + order : "";
    if (bits == 8)
        return order[0] == 'l' ? "pcm_u8" : "pcm_s8";
    return bits == 16 || bits == 24 || bits == 32 ? "pcm_s" + std::to_string(bits) + order : "";
}

void parseWav(Parsed& p, TagLibStream& stream) {
    auto file = std::make_unique<TagLib::RIFF::WAV::File>(&stream);
    if (const auto* properties = file->audioProperties(); properties && (properties->format() & ~2) == 1) {
        p.bitDepth = properties->bitsPerSample();
        p.codec = pcmName(properties->format() == 3, p.bitDepth, "le");
    }
    p.id3v2 = file->hasID3v2Tag() ? file->ID3v2Tag() : nullptr;
    p.container = "wav";
    p.file = std::move(file);
}

void parseAiff(Parsed& p, TagLibStream& stream) {
    auto file = std::make_unique<TagLib::RIFF::AIFF::File>(&stream);
    if (const auto* properties = file->audioProperties(); properties && !properties->isAiffC()) {
        p.bitDepth = properties->bitsPerSample();
        p.codec = pcmName(false, p.bitDepth, "be");
    }
    p.id3v2 = file->hasID3v2Tag() ? file->tag() : nullptr;
    p.container = "aiff";
    p.file = std::move(file);
}

template <class File>
void parseWithApe(Parsed& p, TagLibStream& stream, const char* container, const char* codec) {
    auto file = std::make_unique<File>(&stream);
    p.ape = file->hasAPETag() ? file->APETag() : nullptr;
    if (const auto* properties = file->audioProperties())
        p.bitDepth = properties->bitsPerSample();
    p.container = container;
    p.codec = codec;
    p.file = std::move(file);
}

void parseTta(Parsed& p, TagLibStream& stream) {
    auto file = std::make_unique<TagLib::TrueAudio::File>(&stream);
    p.id3v2 = file->hasID3v2Tag() ? file->ID3v2Tag() : nullptr;
    p.container = p.codec = "tta";
    p.file = std::move(file);
}

Parsed parse(TagLibStream& stream, MediaSource& source) {
    Parsed p;
    const std::string_view kind = kindOf(source);
    if (kind == "mp3")
        parseMpeg(p, stream, source);
    else if (kind == "flac")
        parseFlac(p, stream);
    else if (kind == "vorbis")
        parseXiph<TagLib::Ogg::Vorbis::File>(p, stream, "vorbis");
    else if (kind == "opus")
        parseXiph<TagLib::Ogg::Opus::File>(p, stream, "opus");
    else if (kind == "speex")
        parseXiph<TagLib::Ogg::Speex::File>(p, stream, "speex");
    else if (kind == "oggflac")
        parseXiph<TagLib::Ogg::FLAC::File>(p, stream, "flac");
    else if (kind == "wav")
        parseWav(p, stream);
    else if (kind == "aiff")
        parseAiff(p, stream);
    else if (kind == "wavpack")
        parseWithApe<TagLib::WavPack::File>(p, stream, "wv", "wavpack");
    else if (kind == "ape")
        parseWithApe<TagLib::APE::File>(p, stream, "ape", "ape");
    else if (kind == "tta")
        parseTta(p, stream);
    return p;
}

const char* layoutOf(int channels) {
    static constexpr const char* names[] = {"", "mono", "stereo"};
    return channels == 1 || channels == 2 ? names[channels] : "";
}

core::StreamInfo audioStream(const Parsed& p, const Style& properties) {
    core::StreamInfo s;
    s.kind = core::StreamKind::Audio;
    s.codec = p.codec;
    s.channels = properties.channels();
    s.channelLayout = layoutOf(s.channels);
    s.sampleRate = properties.sampleRate();
    s.bitrate = static_cast<std::int64_t>(properties.bitrate()) * 1000;
    s.bitDepth = p.bitDepth;
    s.isDefault = true;
    return s;
}

TagFields fieldsOf(const TagLib::File& file) {
    TagFields fields;
    for (const auto& [name, values] : file.properties()) {
        const std::string key = name.to8Bit(true);
        for (const TagLib::String& value : values)
            fields.add(key, value.to8Bit(true));
    }
    return fields;
}

void addChapters(const Parsed& p, MediaInfo& info) {
    if (!p.id3v2)
        return;
    for (const TagLib::ID3v2::Frame* frame : p.id3v2->frameList("CHAP")) {
        const auto* from = dynamic_cast<const TagLib::ID3v2::ChapterFrame*>(frame);
        if (!from || info.chapters.size() >= 5000)
            continue;
        core::Chapter chapter{from->startTime() / 1000.0, from->endTime() / 1000.0, {}};
        const auto& titles = from->embeddedFrameList("TIT2");
        if (!titles.isEmpty())
            chapter.title = core::cleanText(titles.front()->toString().to8Bit(true), 512);
        info.chapters.push_back(std::move(chapter));
    }
}

// The front cover, else the first picture.
ByteVector coverOf(const Parsed& p) {
    ByteVector first;
    if (p.id3v2) {
        for (const TagLib::ID3v2::Frame* frame : p.id3v2->frameList("APIC")) {
            const auto* picture = dynamic_cast<const TagLib::ID3v2::AttachedPictureFrame*>(frame);
            if (picture && picture->type() == TagLib::ID3v2::AttachedPictureFrame::FrontCover)
                return picture->picture();
            if (picture && first.isEmpty())
                first = picture->picture();
        }
    }
    for (const TagLib::FLAC::Picture* picture : p.pictures) {
        if (picture->type() == TagLib::FLAC::Picture::FrontCover)
            return picture->data();
        if (first.isEmpty())
            first = picture->data();
    }
    if (first.isEmpty() && p.ape && p.ape->itemListMap().contains("COVER ART (FRONT)")) {
        // A file name, a zero byte, the picture.
        const ByteVector item = p.ape->itemListMap()["COVER ART (FRONT)"].binaryData();
        const int zero = item.find('\0');
        if (zero >= 0)
            first = item.mid(static_cast<unsigned>(zero) + 1);
    }
    return first;
}

void addCover(const Parsed& p, MediaInfo& info) {
    const ByteVector cover = coverOf(p);
    const char* codec = imageCodec({cover.data(), cover.size()});
    if (!codec)
        return;
    core::StreamInfo s;
    s.index = static_cast<int>(info.streams.size());
    s.kind = core::StreamKind::Video;
    s.codec = codec;
    s.attachedPicture = true;
    info.streams.push_back(std::move(s));
    info.hasCover = true;
}

}  // namespace

std::optional<MediaInfo> probeAudioFile(MediaSource& source) {
    TagLibStream stream(source);
    const Parsed p = parse(stream, source);
    if (!p.file || !p.file->isValid() || p.codec.empty())
        return std::nullopt;
    const Style* properties = p.file->audioProperties();
    if (!properties || properties->channels() <= 0 || properties->sampleRate() <= 0)
        return std::nullopt;
    MediaInfo info;
    info.container = p.container;
    info.duration = p.duration > 0 ? p.duration : properties->lengthInMilliseconds() / 1000.0;
    if (info.duration <= 0)
        return std::nullopt;
    info.streams.push_back(audioStream(p, *properties));
    if (p.duration > 0)
        info.streams[0].bitrate = static_cast<std::int64_t>(static_cast<double>(source.size()) * 8 / p.duration);
    info.bitrate = info.streams[0].bitrate;
    info.tags = fieldsOf(*p.file).tags();
    addChapters(p, info);
    addCover(p, info);
    return info;
}

std::vector<std::uint8_t> audioFileCover(MediaSource& source) {
    TagLibStream stream(source);
    const Parsed p = parse(stream, source);
    if (!p.file || !p.file->isValid())
        return {};
    const ByteVector cover = coverOf(p);
    return {cover.begin(), cover.end()};
}

}  // namespace marea::server
