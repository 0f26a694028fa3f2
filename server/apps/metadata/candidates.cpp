#include "server/apps/metadata/candidates.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/utf8.h"
#include "core/library/text.h"
#include "server/apps/metadata/answerjson.h"

namespace marea::server {

namespace json = core::json;

namespace {

constexpr std::size_t kMost = 20, kLongest = 500;
constexpr double kGood = 0.8, kClear = 0.05;

std::map<std::u32string, int> pairsOf(std::string_view text) {
    std::u32string letters;
    const std::string folded = core::library::searchText(text.substr(0, kLongest));
    for (std::size_t i = 0; i < folded.size();) {  // searchText gives well-formed UTF-8
        std::size_t end = i + 1;
        while (end < folded.size() && (folded[end] & 0xC0) == 0x80) {
            ++end;
        }
        char32_t letter = 0;
        for (; i < end; ++i) {
            letter = letter << 8 | static_cast<unsigned char>(folded[i]);
        }
        if (letter != U' ') {
            letters.push_back(letter);
        }
    }
    letters = U'^' + letters + U'$';  // so that one letter is a text, too
    std::map<std::u32string, int> pairs;
    for (std::size_t i = 0; i + 1 < letters.size(); ++i) {
        ++pairs[letters.substr(i, 2)];
    }
    return pairs;
}

double yearFit(int wanted, int found) {
    if (wanted == 0 || found == 0) {
        return 0.7;  // it says nothing for or against
    }
    const int apart = std::abs(wanted - found);
    return apart == 0 ? 1 : apart == 1 ? 0.9 : apart <= 3 ? 0.4 : 0;
}

bool sameThing(const MatchCandidate& a, const MatchCandidate& b) {
    return a.year == b.year && core::library::searchText(a.title) == core::library::searchText(b.title) &&
           core::library::searchText(a.artist) == core::library::searchText(b.artist);
}

}  // namespace

double alike(std::string_view a, std::string_view b) {
    const auto first = pairsOf(a), second = pairsOf(b);
    int common = 0, all = 0;
    for (const auto& [pair, count] : first) {
        const auto found = second.find(pair);
        common += found == second.end() ? 0 : std::min(count, found->second);
        all += count;
    }
    for (const auto& [pair, count] : second) {
        all += count;
    }
    return 2.0 * common / all;
}

double scoreOf(const Wanted& wanted, const MatchCandidate& candidate) {
    if (candidate.named) {
        return 1;
    }
    const double title =
        std::max(alike(wanted.title, candidate.title),
                 alike(core::library::sortTitle(wanted.title), core::library::sortTitle(candidate.title)));
    if (wanted.kind == "artist") {
        return title;
    }
    const double year = yearFit(wanted.year, candidate.year);
    return wanted.kind == "album" ? title * 0.5 + alike(wanted.artist, candidate.artist) * 0.4 + year * 0.1
                                  : title * 0.7 + year * 0.3;
}

std::vector<MatchCandidate> scored(const Wanted& wanted, std::vector<MatchCandidate> candidates) {
    for (MatchCandidate& candidate : candidates) {
        candidate.score = std::round(scoreOf(wanted, candidate) * 1000) / 1000;
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const MatchCandidate& a, const MatchCandidate& b) { return a.score > b.score; });
    candidates.resize(std::min(candidates.size(), kMost));
    return candidates;
}

std::optional<MatchCandidate> chosen(const std::vector<MatchCandidate>& candidates) {
    if (candidates.empty() || candidates.front().score < kGood) {
        return std::nullopt;
    }
    const MatchCandidate& best = candidates.front();
    const bool doubtful = std::any_of(candidates.begin() + 1, candidates.end(), [&](const MatchCandidate& other) {
        return best.score - other.score < kClear && !best.named;
    });
    // Two that nothing sets apart, or that nearly fit alike: somebody has to look.
    const bool twins = std::any_of(candidates.begin() + 1, candidates.end(),
                                   [&](const MatchCandidate& other) { return sameThing(best, other) && !best.named; });
    return doubtful || twins ? std::nullopt : std::optional(best);
}

json::object toJson(const MatchCandidate& candidate) {
    return {{"id", candidate.id},
            {"title", candidate.title},
            {"artist", candidate.artist.empty() ? json::value(nullptr) : json::value(candidate.artist)},
            {"year", candidate.year == 0 ? json::value(nullptr) : json::value(candidate.year)},
            {"detail", candidate.detail.empty() ? json::value(nullptr) : json::value(candidate.detail)},
            {"score", candidate.score}};
}

std::vector<MatchCandidate> candidatesFromText(std::string_view text) {
    std::vector<MatchCandidate> candidates;
    boost::system::error_code error;
    const json::value list = json::parse(json::string_view(text.data(), text.size()), error);
    for (const json::object* one : objectsOf(error ? nullptr : &list)) {
        MatchCandidate candidate{textAt(*one, "id"),
                                 textAt(*one, "title"),
                                 textAt(*one, "artist"),
                                 static_cast<int>(numberAt(*one, "year").value_or(0)),
                                 textAt(*one, "detail"),
                                 false,
                                 0};
        const json::value* score = one->if_contains("score");
        candidate.score = score && score->is_number() ? score->to_number<double>() : 0;
        candidates.push_back(std::move(candidate));
    }
    return candidates;
}

}  // namespace marea::server
