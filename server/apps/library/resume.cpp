#include "server/apps/library/resume.h"

#include <algorithm>
#include <array>
#include <string>

namespace marea::server {

namespace {

std::string lowered(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(c < 128 ? std::tolower(c) : c); });
    return lower;
}

bool namesCredits(std::string_view title) {
    // Only ASCII is folded, so words with accents stand here in both forms.
    constexpr std::array<std::string_view, 8> words = {"credit",    "abspann",   "outro",    "titoli di coda",
                                                       "générique", "gÉnÉrique", "créditos", "crÉditos"};
    const std::string lower = lowered(title);
    return std::any_of(words.begin(), words.end(), [&](auto word) { return lower.find(word) != lower.npos; });
}

}  // namespace

double creditsStart(const std::vector<core::Chapter>& chapters, double duration) {
    if (chapters.empty()) {
        return 0;
    }
    const core::Chapter& last = chapters.back();
    return last.start > duration / 2 && namesCredits(last.title) ? last.start : 0;
}

Resume resumeAfter(std::string_view kind, double duration, double position, double creditsStart,
                   const ResumeRules& rules) {
    const bool inCredits = creditsStart > 0 && position >= creditsStart;
    if (duration > 0 && (position > duration * rules.finishedFraction || inCredits)) {
        return {0, true};
    }
    const bool shortMusic = kind == "track" && duration < rules.longTrackSeconds;
    if (shortMusic || position < rules.leastSeconds || position < duration * rules.leastFraction) {
        return {0, false};
    }
    return {position, false};
}

}  // namespace marea::server
