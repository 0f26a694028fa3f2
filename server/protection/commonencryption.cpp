#include "server/protection/commonencryption.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>

#include "server/protection/ciphers.h"
#include "server/protection/fragment.h"
#include "server/protection/slices.h"

namespace marea::server {
namespace {

using core::ErrorCode;

constexpr std::size_t vectorSize = 8;          // of cenc, each sample's own
constexpr std::size_t visualSampleEntry = 78;  // bytes before the boxes in it, ISO/IEC 14496-12 section 12.1.3
constexpr int cryptBlocks = 1, skipBlocks = 9;

std::string_view view(const Key128& key) {
    return {reinterpret_cast<const char*>(key.data()), key.size()};
}

template <std::size_t N>
std::array<std::uint8_t, N> derive(const Key128& key, std::string_view purpose) {
    std::array<std::uint8_t, N> out{};
    crypto_generichash(out.data(), N, reinterpret_cast<const unsigned char*>(purpose.data()), purpose.size(),
                       key.data(), key.size());
    return out;
}

auto cannot(const char* what) {
    return core::fail(ErrorCode::Unprocessable, "This stream cannot be protected", what);
}

const Box* find(const std::vector<Box>& boxes, std::string_view type) {
    const auto found = std::find_if(boxes.begin(), boxes.end(), [&](const Box& box) { return box.type == type; });
    return found == boxes.end() ? nullptr : &*found;
}

std::string_view handlerOf(std::string_view init, const std::vector<Box>& way) {
    const Box& media = way[2];
    const auto inMedia = boxesIn(init, media.body, media.end);
    const Box* handler = find(inMedia, "hdlr");
    return handler && handler->end - handler->body >= 12 ? init.substr(handler->body + 8, 4) : std::string_view();
}

// The byte of a codec's configuration whose last two bits say how long the lengths before units are, less one.
std::size_t lengthSizeOf(std::string_view init, const Box& entry, std::string_view box, std::size_t at) {
    const auto inEntry = boxesIn(init, std::min(entry.body + visualSampleEntry, entry.end), entry.end);
    const Box* found = find(inEntry, box);
    return found && found->body + at < found->end ? (static_cast<std::uint8_t>(init[found->body + at]) & 3U) + 1 : 0;
}

// Protection Scheme Information, ISO/IEC 14496-12 section 8.12, with the track's defaults of ISO/IEC 23001-7
// section 8.2.
std::string schemeBox(std::string_view entryType, CommonScheme scheme, const Key128& keyId, const Key128& constant,
                      bool pattern) {
    const bool cenc = scheme == CommonScheme::Cenc;
    std::string out;
    BoxWriter box(out);
    box.begin("sinf");
    box.begin("frma");
    box.bytes(entryType);
    box.end();
    box.beginFull("schm", 0, 0);
    box.bytes(cenc ? "cenc" : "cbcs");
    box.u32(0x10000);
    box.end();
    box.begin("schi");
    box.beginFull("tenc", cenc ? 0 : 1, 0);
    box.u8(0);
    box.u8(pattern ? cryptBlocks << 4 | skipBlocks : 0);
    box.u8(1);
    box.u8(cenc ? vectorSize : 0);
    box.bytes(view(keyId));
    if (!cenc) {
        box.u8(static_cast<std::uint32_t>(constant.size()));
        box.bytes(view(constant));
    }
    box.end();
    box.end();
    box.end();
    return out;
}

void write32(std::string& bytes, std::size_t at, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i)
        bytes[at + i] = static_cast<char>(value >> (24 - 8 * i));
}

}  // namespace

std::string protectionBox(const ProtectionSystem& system) {
    std::string out;
    BoxWriter box(out);
    box.beginFull("pssh", system.keyIds.empty() ? 0 : 1, 0);
    box.bytes(view(system.id));
    if (!system.keyIds.empty()) {
        box.u32(static_cast<std::uint32_t>(system.keyIds.size()));
        for (const Key128& id : system.keyIds)
            box.bytes(view(id));
    }
    box.u32(static_cast<std::uint32_t>(system.data.size()));
    box.bytes(system.data);
    box.end();
    return out;
}

ProtectionSystem commonSystem(const std::vector<Key128>& keyIds) {
    constexpr Key128 id{0x10, 0x77, 0xef, 0xec, 0xc0, 0xb2, 0x4d, 0x02, 0xac, 0xe3, 0x3c, 0x1e, 0x52, 0xe2, 0xfb, 0x4b};
    return {id, {}, keyIds};
}

Key128 constantVector(const Key128& keyValue) {
    return derive<16>(keyValue, "marea cbcs vector");
}

// One fragment at work: encrypts its samples in place, and collects what readers have to know of each.
class FragmentEncryption {
public:
    FragmentEncryption(const CommonEncryption& owner, std::string& bytes, const FragmentLayout& fragment)
        : owner_(owner), bytes_(bytes), fragment_(fragment), cipher_(owner.scheme_, owner.key_.value) {}

    core::Result<void> run() {
        std::size_t at = fragment_.dataStart;
        for (const std::uint32_t size : fragment_.sampleSizes) {
            if (auto done = sample(at, size); !done)
                return done;
            at += size;
        }
        if (!info_.empty())
            describe();
        return {};
    }

private:
    bool cenc() const { return owner_.scheme_ == CommonScheme::Cenc; }

    core::Result<void> sample(std::size_t at, std::size_t size) {
        std::string info;
        BoxWriter writer(info);
        const std::string_view clear(bytes_.data() + at, size);
        Key128 vector = owner_.constantVector_;
        if (cenc()) {
            vector = vectorOf(clear);
            writer.bytes(view(vector).substr(0, vectorSize));
        }
        cipher_.begin(vector);
        if (owner_.track_.slices)
            protectSlices(at, clear, writer);
        else
            cipher_.apply(bytes_.data() + at, size, false);
        if (info.size() > UINT8_MAX)
            return cannot("a picture of too many parts");
        infoSizes_.push_back(static_cast<std::uint8_t>(info.size()));
        info_ += info;
        return {};
    }

    void protectSlices(std::size_t at, std::string_view clear, BoxWriter& writer) {
        const SliceRules rules{owner_.track_.hevc, owner_.track_.lengthSize, cenc()};
        const auto parts = subsamplesOf(clear, rules);
        writer.u16(static_cast<std::uint32_t>(parts.size()));
        for (const Subsample& part : parts) {
            writer.u16(part.clear);
            writer.u32(part.protectedBytes);
            at += part.clear;
            if (part.protectedBytes > 0)
                cipher_.apply(bytes_.data() + at, part.protectedBytes, true);
            at += part.protectedBytes;
        }
    }

    Key128 vectorOf(std::string_view sample) const {
        Key128 digest{}, vector{};
        crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(sample.data()),
                           sample.size(), owner_.vectorKey_.data(), owner_.vectorKey_.size());
        std::copy_n(digest.begin(), vectorSize, vector.begin());  // the rest counts blocks
        return vector;
    }

    // Sample auxiliary information: its sizes, its place and itself (ISO/IEC 23001-7 section 7.2).
    void describe() {
        std::string boxes;
        BoxWriter box(boxes);
        box.beginFull("saiz", 0, 0);
        box.u8(0);
        box.u32(static_cast<std::uint32_t>(infoSizes_.size()));
        for (const std::uint8_t size : infoSizes_)
            box.u8(size);
        box.end();
        constexpr std::size_t saioSize = 20, sencHead = 16;
        const std::size_t place = fragment_.traf.end - fragment_.moof.start + boxes.size() + saioSize + sencHead;
        box.beginFull("saio", 0, 0);
        box.u32(1);
        box.u32(static_cast<std::uint32_t>(place));
        box.end();
        box.beginFull("senc", 0, owner_.track_.slices ? 2 : 0);
        box.u32(static_cast<std::uint32_t>(infoSizes_.size()));
        box.bytes(info_);
        box.end();
        const std::size_t data = fragment_.dataStart - fragment_.moof.start + boxes.size();
        insertBox(bytes_, {fragment_.moof, fragment_.traf}, boxes);
        write32(bytes_, fragment_.dataOffsetAt, static_cast<std::uint32_t>(data));
    }

    const CommonEncryption& owner_;
    std::string& bytes_;
    const FragmentLayout& fragment_;
    SampleCipher cipher_;
    std::string info_;
    std::vector<std::uint8_t> infoSizes_;
};

CommonEncryption::CommonEncryption(std::string init, CommonScheme scheme, const ContentKey& key, Track track)
    : init_(std::move(init)),
      scheme_(scheme),
      key_(key),
      track_(track),
      constantVector_(constantVector(key.value)),
      vectorKey_(derive<32>(key.value, "marea cenc vectors")) {}

core::Result<CommonEncryption> CommonEncryption::of(std::string_view init, CommonScheme scheme, const ContentKey& key) {
    const auto way = wayToSampleEntry(init);
    if (way.empty())
        return cannot("no sample entry");
    const Box& entry = way.back();
    Track track;
    if (handlerOf(init, way) == "vide") {
        track.slices = true;
        track.hevc = entry.type == "hvc1" || entry.type == "hev1";
        track.lengthSize = track.hevc ? lengthSizeOf(init, entry, "hvcC", 21) : lengthSizeOf(init, entry, "avcC", 4);
        if (track.lengthSize == 0)
            return cannot("neither H.264 nor HEVC");
    } else if (handlerOf(init, way) != "soun" || entry.type == "enca") {
        return cannot("neither video nor clear audio");
    }
    return CommonEncryption(std::string(init), scheme, key, track);
}

std::string CommonEncryption::init(const std::vector<ProtectionSystem>& systems) const {
    std::string bytes = init_;
    const auto way = wayToSampleEntry(bytes);
    const std::string entryType(way.back().type);
    const bool pattern = scheme_ == CommonScheme::Cbcs && track_.slices;
    insertBox(bytes, way, schemeBox(entryType, scheme_, key_.id, constantVector_, pattern));
    bytes.replace(way.back().start + 4, 4, track_.slices ? "encv" : "enca");
    for (const ProtectionSystem& system : systems) {
        const auto top = boxesIn(bytes, 0, bytes.size());
        const Box* moov = find(top, "moov");
        insertBox(bytes, {*moov}, protectionBox(system));
    }
    return bytes;
}

core::Result<std::string> CommonEncryption::segment(std::string_view clear) const {
    auto fragments = fragmentsOf(clear);
    if (!fragments)
        return core::unexpected(fragments.error());
    std::string bytes(clear);
    // From the end, so that what is inserted moves no fragment that is still to be done.
    for (auto fragment = fragments->rbegin(); fragment != fragments->rend(); ++fragment) {
        if (auto done = FragmentEncryption(*this, bytes, *fragment).run(); !done)
            return core::unexpected(done.error());
    }
    return bytes;
}

}  // namespace marea::server
