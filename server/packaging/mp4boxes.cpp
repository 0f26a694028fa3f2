#include "server/packaging/mp4boxes.h"

namespace marea::server {
namespace {

std::uint32_t read32(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    return value;
}

void write32(std::string& bytes, std::size_t at, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i)
        bytes[at + i] = static_cast<char>(value >> (24 - 8 * i));
}

std::optional<Box> child(std::string_view bytes, std::size_t from, std::size_t to, std::string_view type) {
    for (const Box& box : boxesIn(bytes, from, to)) {
        if (box.type == type)
            return box;
    }
    return std::nullopt;
}

}  // namespace

void BoxWriter::begin(const char* type) {
    open_.push_back(out_.size());
    u32(0);
    out_.append(type, 4);
}

void BoxWriter::beginFull(const char* type, std::uint8_t version, std::uint32_t flags) {
    begin(type);
    u32(static_cast<std::uint32_t>(version) << 24 | flags);
}

void BoxWriter::end() {
    const std::size_t start = open_.back();
    open_.pop_back();
    patch32(start, static_cast<std::uint32_t>(out_.size() - start));
}

void BoxWriter::patch32(std::size_t at, std::uint32_t value) {
    write32(out_, at, value);
}

void BoxWriter::put(std::uint64_t value, int count) {
    for (int i = count - 1; i >= 0; --i)
        out_.push_back(static_cast<char>(value >> (8 * i)));
}

std::vector<Box> boxesIn(std::string_view bytes, std::size_t from, std::size_t to) {
    std::vector<Box> boxes;
    while (to <= bytes.size() && from + 8 <= to) {
        const std::size_t size = read32(bytes, from);
        if (size < 8 || size > to - from)
            break;
        boxes.push_back({from, from + 8, from + size, bytes.substr(from + 4, 4)});
        from += size;
    }
    return boxes;
}

std::vector<Box> wayToSampleEntry(std::string_view bytes) {
    std::vector<Box> way;
    std::size_t from = 0, to = bytes.size();
    for (const char* type : {"moov", "trak", "mdia", "minf", "stbl", "stsd"}) {
        const auto next = child(bytes, from, to, type);
        if (!next)
            return {};
        way.push_back(*next);
        from = next->body;
        to = next->end;
    }
    const auto entries = boxesIn(bytes, from + 8, to);  // version and flags, number of entries
    if (entries.empty())
        return {};
    way.push_back(entries.front());
    return way;
}

void insertBox(std::string& bytes, const std::vector<Box>& way, std::string_view box) {
    if (way.empty())
        return;
    for (const Box& around : way)
        write32(bytes, around.start, read32(bytes, around.start) + static_cast<std::uint32_t>(box.size()));
    bytes.insert(way.back().end, box);
}

}  // namespace marea::server
