// MP4 as others may have written it: boxes, fragments and their encryption, slices, configuration records.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/packaging/codecstring.h"
#include "server/packaging/mp4boxes.h"
#include "server/protection/commonencryption.h"
#include "server/protection/fragment.h"
#include "server/protection/slices.h"

using namespace marea::server;

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

void checkBoxes(std::string_view bytes) {
    std::size_t before = 0;
    for (const Box& box : boxesIn(bytes, 0, bytes.size())) {
        demand(box.start == before && box.start < box.body && box.body <= box.end && box.end <= bytes.size());
        before = box.end;
    }
    const auto way = wayToSampleEntry(bytes);
    if (!way.empty()) {
        std::string more(bytes);
        insertBox(more, way, std::string_view("\0\0\0\x08free", 8));
        demand(more.size() == bytes.size() + 8 && wayToSampleEntry(more).size() == way.size());
    }
}

void checkFragments(std::string_view bytes) {
    const auto fragments = fragmentsOf(bytes);
    for (const FragmentLayout& fragment : fragments ? *fragments : std::vector<FragmentLayout>()) {
        std::size_t at = fragment.dataStart;
        for (const std::uint32_t sample : fragment.sampleSizes) {
            demand(at <= bytes.size() && sample <= bytes.size() - at);
            at += sample;
        }
    }
}

void checkSubsamples(std::string_view sample) {
    for (const bool hevc : {false, true}) {
        for (const bool whole : {false, true}) {
            std::size_t covered = 0;
            for (const Subsample& one : subsamplesOf(sample, {hevc, 4, whole, 6})) {
                covered += one.clear + one.protectedBytes;
                demand(!whole || one.protectedBytes % 16 == 0);
            }
            demand(covered == sample.size());
        }
    }
}

void checkEncryption(std::string_view bytes) {
    for (const CommonScheme scheme : {CommonScheme::Cenc, CommonScheme::Cbcs}) {
        // The first half as a head, the second as a segment of it; and all of it as both.
        for (const std::size_t cut : {bytes.size() / 2, bytes.size()}) {
            const auto encryption = CommonEncryption::of(bytes.substr(0, cut), scheme, {{1}, {2}});
            if (encryption) {
                static_cast<void>(encryption->init({commonSystem({{1}})}));
                static_cast<void>(encryption->segment(bytes.substr(cut == bytes.size() ? 0 : cut)));
            }
        }
    }
}

void checkCodecs(const std::uint8_t* data, std::size_t size) {
    for (const char* codec : {"h264", "hevc", "av1", "vp9", "aac", "ac3", "eac3", "flac", "opus", "mp3"}) {
        CopiedCodec stream;
        stream.codec = codec;
        stream.extradata = {data, size};
        stream.width = 1920;
        stream.height = 1080;
        stream.frameRate = 24;
        for (const char c : codecString(stream))
            demand(c > ' ' && c < 0x7F && c != '"');
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    checkBoxes(bytes);
    checkFragments(bytes);
    checkSubsamples(bytes);
    checkEncryption(bytes);
    checkCodecs(data, size);
    return 0;
}
