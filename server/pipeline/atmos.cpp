#include "server/pipeline/atmos.h"

namespace marea::server {
namespace {

class BitReader {
public:
    BitReader(const std::uint8_t* data, std::size_t size) : data_(data), bits_(size * 8) {}

    unsigned read(unsigned count) {
        unsigned value = 0;
        for (; count > 0; --count, ++at_)
            value = value << 1 | (at_ < bits_ ? data_[at_ / 8] >> (7 - at_ % 8) & 1u : 0u);
        return value;
    }
    void skip(unsigned count) { at_ += count; }
    void skipIf(unsigned count) {  // a flag, and `count` bits when it is set
        if (read(1))
            skip(count);
    }
    bool overrun() const { return at_ > bits_; }

private:
    const std::uint8_t* data_;
    std::size_t bits_, at_ = 0;
};

// The names are those of the bit stream information, ETSI TS 102 366 section E.1.2.2.
struct Eac3Frame {
    unsigned strmtyp = 0, fscod = 0, numblkscod = 0, acmod = 0, lfeon = 0;
};

Eac3Frame readStart(BitReader& bits) {
    Eac3Frame f;
    bits.skip(16);  // syncword
    f.strmtyp = bits.read(2);
    bits.skip(3 + 11);  // substreamid, frmsiz
    f.fscod = bits.read(2);
    const unsigned next = bits.read(2);  // fscod2, or numblkscod
    f.numblkscod = f.fscod == 3 ? 3 : next;
    f.acmod = bits.read(3);
    f.lfeon = bits.read(1);
    bits.skip(5 + 5);  // bsid, dialnorm
    bits.skipIf(8);    // compr
    if (f.acmod == 0) {
        bits.skip(5);
        bits.skipIf(8);
    }
    if (f.strmtyp == 1)
        bits.skipIf(16);  // chanmap
    return f;
}

void skipMixDefinition(BitReader& bits) {
    switch (bits.read(2)) {  // mixdef
        case 1:
            bits.skip(5);
            break;
        case 2:
            bits.skip(12);
            break;
        case 3:
            bits.skip(8 * (bits.read(5) + 2));
            break;
        default:
            break;
    }
}

void skipProgramMixing(BitReader& bits, const Eac3Frame& f) {
    bits.skipIf(6);  // pgmscl
    if (f.acmod == 0)
        bits.skipIf(6);
    bits.skipIf(6);  // extpgmscl
    skipMixDefinition(bits);
    if (f.acmod < 2)
        bits.skipIf(14);  // panmean, paninfo
    if (f.acmod == 0)
        bits.skipIf(14);
    if (!bits.read(1))  // frmmixcfginfoe
        return;
    constexpr unsigned blocks[] = {1, 2, 3, 6};
    if (f.numblkscod == 0)
        bits.skip(5);
    else
        for (unsigned i = 0; i < blocks[f.numblkscod]; ++i)
            bits.skipIf(5);
}

void skipMixing(BitReader& bits, const Eac3Frame& f) {
    if (!bits.read(1))  // mixmdate
        return;
    if (f.acmod > 2)
        bits.skip(2);
    if ((f.acmod & 1) && f.acmod > 2)
        bits.skip(6);
    if (f.acmod & 4)
        bits.skip(6);
    if (f.lfeon)
        bits.skipIf(5);
    if (f.strmtyp == 0)
        skipProgramMixing(bits, f);
}

void skipInformation(BitReader& bits, const Eac3Frame& f) {
    if (!bits.read(1))  // infomdate
        return;
    bits.skip(5);
    if (f.acmod == 2)
        bits.skip(4);
    if (f.acmod >= 6)
        bits.skip(2);
    bits.skipIf(8);
    if (f.acmod == 0)
        bits.skipIf(8);
    if (f.fscod < 3)
        bits.skip(1);
}

}  // namespace

bool isJocFrame(const std::uint8_t* data, std::size_t size) {
    return jocComplexity(data, size) > 0;
}

int jocComplexity(const std::uint8_t* data, std::size_t size) {
    if (size < 16 || data[0] != 0x0B || data[1] != 0x77)
        return 0;
    BitReader bits(data, size);
    const Eac3Frame f = readStart(bits);
    skipMixing(bits, f);
    skipInformation(bits, f);
    if (f.strmtyp == 0 && f.numblkscod != 3)
        bits.skip(1);  // convsync
    if (f.strmtyp == 2 && (f.numblkscod == 3 || bits.read(1)))
        bits.skip(6);   // frmsizecod
    if (!bits.read(1))  // addbsie
        return 0;
    const unsigned length = bits.read(6) + 1;
    bits.skip(7);
    const bool typeA = bits.read(1) == 1;
    const auto complexity = static_cast<int>(bits.read(8));
    return typeA && length >= 2 && !bits.overrun() ? complexity : 0;
}

bool isTrueHdAtmosUnit(const std::uint8_t* data, std::size_t size) {
    // access unit header, then the major sync: format_sync, format_info, signature, flags, reserved, peak rate,
    // substreams, substream_info.
    constexpr std::size_t sync = 4, info = sync + 17;
    if (size <= info || data[sync] != 0xF8 || data[sync + 1] != 0x72 || data[sync + 2] != 0x6F ||
        data[sync + 3] != 0xBA)
        return false;
    const int substreams = data[info - 1] >> 4;
    return substreams == 4 && (data[info] & 0x80) != 0;
}

}  // namespace marea::server
