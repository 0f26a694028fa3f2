#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace marea::server {

// Boxes of ISO/IEC 14496-12 as bytes: a writer, and a way to insert into a tree that is already written.
class BoxWriter {
public:
    explicit BoxWriter(std::string& out) : out_(out) {}

    // A box opens here and gets its size from the end() that belongs to it.
    void begin(const char* type);
    void beginFull(const char* type, std::uint8_t version, std::uint32_t flags);
    void end();

    void u8(std::uint32_t value) { put(value, 1); }
    void u16(std::uint32_t value) { put(value, 2); }
    void u32(std::uint32_t value) { put(value, 4); }
    void u64(std::uint64_t value) { put(value, 8); }
    void bytes(std::string_view value) { out_.append(value); }
    std::size_t position() const { return out_.size(); }
    void patch32(std::size_t at, std::uint32_t value);  // over four bytes written before

private:
    void put(std::uint64_t value, int count);

    std::string& out_;
    std::vector<std::size_t> open_;
};

struct Box {
    std::size_t start = 0, body = 0, end = 0;  // offsets of its header, of what follows that, and behind it
    std::string_view type;                     // into the bytes searched
};

// The boxes between two offsets, up to the first that does not fit.
std::vector<Box> boxesIn(std::string_view bytes, std::size_t from, std::size_t to);

// The boxes on the way to the first sample entry of the first track: moov, trak, mdia, minf, stbl, stsd, entry.
// Empty when the bytes are no such movie.
std::vector<Box> wayToSampleEntry(std::string_view bytes);

// Puts `box` at the end of the last of `way`, and makes all of them that much longer.
void insertBox(std::string& bytes, const std::vector<Box>& way, std::string_view box);

}  // namespace marea::server
