#include "core/library/resume.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace marea::core::library {

namespace {

constexpr double kFastest = 4;       // times as fast as it was made
constexpr double kSkipSeconds = 60;  // may be skipped on the way

std::string asciiLower(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(c < 128 ? std::tolower(c) : c); });
    return lower;
}

bool namesCredits(std::string_view title) {
    // Only ASCII is folded, so words with accents stand here in both forms.
    constexpr std::array<std::string_view, 8> words = {"credit",    "abspann",   "outro",    "titoli di coda",
                                                       "générique", "gÉnÉrique", "créditos", "crÉditos"};
    const std::string lower = asciiLower(title);
    return std::any_of(words.begin(), words.end(), [&](auto word) { return lower.find(word) != lower.npos; });
}

}  // namespace

double creditsStart(const std::vector<Chapter>& chapters, double duration) {
    if (chapters.empty()) {
        return 0;
    }
    const Chapter& last = chapters.back();
    return last.start > duration / 2 && namesCredits(last.title) ? last.start : 0;
}

void Stretch::moved(double position, TimeMs at, bool playing) {
    const double passed = playing_ ? static_cast<double>(std::max<TimeMs>(at - at_, 0)) / 1000 : 0;
    played_ += std::clamp(position - position_, 0.0, passed);
    ahead_ = std::max(0.0, ahead_ + position - position_ - passed * kFastest);
    mayAhead_ = std::min(kSkipSeconds, mayAhead_ + passed);  // has to be earned, or a dragged slider would never jump
    from_ = std::min(from_, position);
    if (ahead_ > mayAhead_) {
        from_ = position;
        ahead_ = mayAhead_ = 0;
    }
    position_ = position;
    at_ = at;
    playing_ = playing;
}

Resume resumeAfter(const Place& place, const ResumeRules& rules) {
    const double whole = place.duration, position = place.position;
    const bool inCredits = place.creditsStart > 0 && position >= place.creditsStart;
    if (whole > 0 && (position > whole * rules.finishedFraction || inCredits)) {
        const double last =
            inCredits ? std::min(place.creditsStart, whole * rules.finishedFraction) : whole * rules.finishedFraction;
        const bool atEnd = position >= whole - std::min(rules.endSeconds, whole * rules.endFraction);
        if (atEnd || place.playedFrom <= last) {
            return {0, true};
        }
    }
    const bool shortMusic = place.kind == "track" && whole < rules.longTrackSeconds;
    if (shortMusic || position < rules.leastSeconds || position < whole * rules.leastFraction) {
        return {0, false};
    }
    return {position, false};
}

}  // namespace marea::core::library
