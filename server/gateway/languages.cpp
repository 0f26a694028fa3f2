#include "server/gateway/languages.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/jsonfields.h"
#include "server/gateway/text.h"
#include "server/gateway/translations.h"

namespace marea::server {

namespace {

namespace json = core::json;

constexpr std::size_t kLongestField = 512;
constexpr std::string_view kJson = "application/json", kProblem = "application/problem+json";

// Thousandths of the weight in ";q=0.8" (RFC 9110 section 12.4.2); 0 for one that is none.
int weightOf(std::string_view parameters) {
    const std::size_t at = parameters.find('=');
    if (at == parameters.npos) {
        return 1000;
    }
    const std::string_view text = trimmed(parameters.substr(at + 1));
    if (text.starts_with('1')) {
        return 1000;
    }
    int weight = 0;
    const std::string digits = (std::string(text.starts_with("0.") ? text.substr(2, 3) : "") + "000").substr(0, 3);
    std::from_chars(digits.data(), digits.data() + digits.size(), weight);
    return weight;
}

// "es", "es-MX" and "ES" are of "es" (RFC 4647 section 3.4).
bool isOf(std::string_view range, std::string_view language) {
    return range.size() >= language.size() && sameText(range.substr(0, language.size()), language) &&
           (range.size() == language.size() || range[language.size()] == '-');
}

struct Wish {
    std::string_view tag;
    int weight = -1;         // -1: not named, so that it is as "*" is
    std::size_t place = 99;  // among those named
};

bool isBetter(const Wish& one, const Wish& other) {
    return one.weight > other.weight || (one.weight == other.weight && one.weight > 0 && one.place < other.place);
}

const Translations& spanish() {
    static const Translations kSpanish(spanishCatalogue());
    return kSpanish;
}

void translate(json::object& body, const char* field, std::string_view language) {
    if (json::value* value = body.if_contains(field); value != nullptr && value->is_string()) {
        const json::string& text = value->get_string();
        *value = json::string(inLanguage({text.data(), text.size()}, language));
    }
}

// Behind the text that begins with the quote at `at`; npos: it has no end.
std::size_t endOfText(std::string_view json, std::size_t at) {
    for (++at; at < json.size(); ++at) {
        if (json[at] == '"') {
            return at + 1;
        }
        at += json[at] == '\\' ? 1 : 0;
    }
    return json.npos;
}

// A text as JSON has it, with its quotes.
std::string translated(std::string_view quoted, std::string_view language) {
    const auto text = core::parseJson(quoted);
    return text && text->is_string() ? json::serialize(json::string(inLanguage(
                                           {text->get_string().data(), text->get_string().size()}, language)))
                                     : std::string(quoted);
}

// Nothing but a member looks like "field":"…", as a text has its quotes escaped: so lists need not be read to be
// changed.
void translateAll(std::string& body, const std::string& field, std::string_view language) {
    const std::string key = "\"" + field + "\":\"";
    std::string said;
    std::size_t kept = 0;
    for (std::size_t at = body.find(key); at != body.npos; at = body.find(key, kept)) {
        const std::size_t quote = at + key.size() - 1, end = endOfText(body, quote);
        if (end == body.npos) {
            break;
        }
        said.append(body, kept, quote - kept)
            .append(translated(std::string_view(body).substr(quote, end - quote), language));
        kept = end;
    }
    if (kept > 0) {
        body = said.append(body, kept);
    }
}

}  // namespace

std::string_view preferredLanguage(std::string_view acceptLanguage) {
    std::array<Wish, 2> wishes = {{{kEnglishTag}, {kSpanishTag}}};
    int others = 0;
    std::string_view rest = acceptLanguage.substr(0, kLongestField);
    for (std::size_t place = 0; !rest.empty(); ++place) {
        const std::string_view part = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
        const std::size_t semicolon = std::min(part.find(';'), part.size());
        const std::string_view range = trimmed(part.substr(0, semicolon));
        const int weight = weightOf(part.substr(semicolon));
        others = range == "*" ? weight : others;
        for (Wish& wish : wishes) {
            if (isOf(range, wish.tag) && weight > wish.weight) {
                wish = {wish.tag, weight, place};
            }
        }
    }
    for (Wish& wish : wishes) {
        wish.weight = wish.weight < 0 ? others : wish.weight;
    }
    return isBetter(wishes[1], wishes[0]) ? wishes[1].tag : wishes[0].tag;
}

std::string inLanguage(std::string_view english, std::string_view language) {
    return language == kSpanishTag ? spanish().of(english) : std::string(english);
}

void speak(Response& response, std::string_view language) {
    auto* body = std::get_if<std::string>(&response.body);
    if (body == nullptr || response.headers.find("Content-Type") != kProblem) {
        return;
    }
    if (language != kEnglishTag) {
        auto parsed = core::parseJson(*body);
        if (!parsed || !parsed->is_object()) {
            return;
        }
        translate(parsed->get_object(), "title", language);
        translate(parsed->get_object(), "detail", language);
        *body = json::serialize(*parsed);
    }
    response.headers.set("Content-Language", std::string(language));
    response.headers.add("Vary", "Accept-Language");
}

void speakFields(Response& response, const std::vector<std::string>& fields, std::string_view language) {
    auto* body = std::get_if<std::string>(&response.body);
    if (fields.empty() || body == nullptr || response.headers.find("Content-Type") != kJson) {
        return;
    }
    for (const std::string& field : fields) {
        if (language != kEnglishTag) {
            translateAll(*body, field, language);
        }
    }
    response.headers.add("Vary", "Accept-Language");
}

}  // namespace marea::server
