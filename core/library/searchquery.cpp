#include "core/library/searchquery.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/library/text.h"

namespace marea::core::library {

namespace {

constexpr std::size_t kMaxWords = 12;
constexpr std::size_t kMaxWordBytes = 40;

std::string shortened(std::string word) {
    if (word.size() <= kMaxWordBytes) {
        return word;
    }
    std::size_t end = kMaxWordBytes;
    while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) {
        --end;  // not inside a UTF-8 sequence
    }
    word.resize(end);
    return word;
}

// 1 for the whole word, less for a beginning, 0 for none: the best over all words of `field`.
double fit(std::string_view word, std::string_view field) {
    double best = 0;
    std::size_t position = field.find(word);
    while (position != std::string_view::npos) {
        if (position == 0 || field[position - 1] == ' ') {
            const std::size_t end = std::min(field.find(' ', position), field.size());
            const double share = static_cast<double>(word.size()) / static_cast<double>(end - position);
            best = std::max(best, share >= 1 ? 1.0 : 0.4 + 0.3 * share);
        }
        position = field.find(word, position + 1);
    }
    return best;
}

}  // namespace

std::optional<SearchQuery> searchQuery(std::string_view typed) {
    SearchQuery query;
    for (std::string& word : words(searchText(typed.substr(0, 1024)))) {
        if (query.words.size() == kMaxWords) {
            break;
        }
        word = shortened(std::move(word));
        query.match += (query.match.empty() ? "\"" : " \"") + word + "\"*";
        query.text += (query.text.empty() ? "" : " ") + word;
        query.words.push_back(std::move(word));
    }
    query.titleMatch = "title : ^\"" + query.text + "\"";
    return query.words.empty() ? std::nullopt : std::optional(std::move(query));
}

double relevance(const SearchQuery& query, std::string_view title, std::string_view people, std::string_view more) {
    constexpr double kTitle = 10, kPeople = 5, kMore = 1;
    double score = 0;
    for (const std::string& word : query.words) {
        score += std::max({kTitle * fit(word, title), kPeople * fit(word, people), kMore * fit(word, more)});
    }
    score /= static_cast<double>(query.words.size());
    if (title == query.text) {
        score += 12;
    } else if (title.substr(0, query.text.size()) == query.text) {
        score += title.size() > query.text.size() && title[query.text.size()] == ' ' ? 5 : 3;
    } else if (people == query.text) {
        score += 2;
    }
    return score - 0.3 * std::log2(1.0 + static_cast<double>(title.size()) / 8.0);
}

bool hasAllWords(const SearchQuery& query, std::string_view text) {
    return std::all_of(query.words.begin(), query.words.end(),
                       [&](const std::string& word) { return fit(word, text) > 0; });
}

const std::string* meantName(const SearchQuery& query, std::string_view known, const std::vector<std::string>& names) {
    std::vector<std::string_view> missing;
    std::copy_if(query.words.begin(), query.words.end(), std::back_inserter(missing),
                 [&](const std::string& word) { return fit(word, known) <= 0; });
    const std::string* best = nullptr;
    std::ptrdiff_t most = 0;
    for (const std::string& name : names) {
        const std::string folded = searchText(name);
        const auto has =
            std::count_if(missing.begin(), missing.end(), [&](std::string_view word) { return fit(word, folded) > 0; });
        if (has > most) {
            best = &name;
            most = has;
        }
    }
    return best;
}

}  // namespace marea::core::library
