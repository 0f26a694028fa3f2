#include "core/library/vobsubindex.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/library/sidecars.h"

namespace marea::core::library {

namespace {

constexpr std::size_t mostEntries = 100'000;  // of all tracks

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view spaces = " \t\r";
    const std::size_t first = text.find_first_not_of(spaces);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(spaces) + 1 - first);
}

// What stands behind `key` up to the next comma: "id: en, index: 0".
std::string_view valueOf(std::string_view line, std::string_view key) {
    const std::size_t at = line.find(key);
    if (at == std::string_view::npos) {
        return {};
    }
    line.remove_prefix(at + key.size());
    return trimmed(line.substr(0, line.find(',')));
}

std::optional<std::int64_t> number(std::string_view digits, int base = 10) {
    std::int64_t value = 0;
    const char* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, value, base);
    return read.ec == std::errc() && read.ptr == end && value >= 0 ? std::optional(value) : std::nullopt;
}

// "00:01:02:345", perhaps with a sign, as milliseconds.
std::optional<std::int64_t> timeOf(std::string_view text) {
    constexpr std::int64_t most[] = {999, 59, 59, 999}, units[] = {3'600'000, 60'000, 1000, 1};
    const bool negative = text.starts_with('-');
    text.remove_prefix(negative || text.starts_with('+') ? 1 : 0);
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const std::size_t colon = i < 3 ? text.find(':') : text.size();
        const auto part = colon == std::string_view::npos ? std::nullopt : number(trimmed(text.substr(0, colon)));
        if (!part || *part > most[i]) {
            return std::nullopt;
        }
        sum += *part * units[i];
        text.remove_prefix(std::min(colon + 1, text.size()));
    }
    return negative ? -sum : sum;
}

class Reader {
public:
    explicit Reader(bool withEntries) : withEntries_(withEntries) {}

    void line(std::string_view text) {
        if (text.starts_with("size:") || text.starts_with("palette:")) {
            index.header += std::string(text.substr(0, longestLine)) + "\n";
        } else if (text.starts_with("id:")) {
            track(text);
        } else if (text.starts_with("delay:") && !index.tracks.empty()) {
            delay_ += timeOf(trimmed(text.substr(6))).value_or(0);
        } else if (text.starts_with("timestamp:") && withEntries_) {
            entry(text);
        }
    }

    VobSubIndex index;

private:
    static constexpr std::size_t longestLine = 1000;

    void track(std::string_view text) {
        const auto its = number(valueOf(text, "index:"));
        isOpen_ = its && *its < static_cast<std::int64_t>(kMostVobSubTracks) && index.tracks.size() < kMostVobSubTracks;
        delay_ = 0;
        if (isOpen_) {
            index.tracks.push_back({languageTag(valueOf(text, "id:")), static_cast<int>(*its), {}});
        }
    }

    void entry(std::string_view text) {
        const auto at = timeOf(valueOf(text, "timestamp:"));
        const auto place = number(valueOf(text, "filepos:"), 16);
        if (isOpen_ && at && place && entries_ < mostEntries) {
            index.tracks.back().entries.push_back({*at + delay_, *place});
            ++entries_;
        }
    }

    bool withEntries_;
    bool isOpen_ = false;
    std::int64_t delay_ = 0;
    std::size_t entries_ = 0;
};

}  // namespace

VobSubIndex vobSubIndex(std::string_view text, bool withEntries) {
    Reader reader(withEntries);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        reader.line(trimmed(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    for (VobSubIndex::Track& track : reader.index.tracks) {
        std::stable_sort(track.entries.begin(), track.entries.end(),
                         [](const VobSubIndex::Entry& a, const VobSubIndex::Entry& b) { return a.at < b.at; });
    }
    return std::move(reader.index);
}

}  // namespace marea::core::library
