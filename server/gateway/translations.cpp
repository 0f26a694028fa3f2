#include "server/gateway/translations.h"

#include <algorithm>
#include <optional>

namespace marea::server {

namespace {

constexpr std::size_t kLongest = 4096;  // no text of ours is longer; one that is may be anybody's
constexpr int kDeepest = 4;             // of words in words

bool isPlace(std::string_view text, std::size_t at) {
    return text[at] == '%' && at + 1 < text.size() && text[at + 1] >= '1' && text[at + 1] <= '9';
}

bool hasPlaces(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (isPlace(text, i)) {
            return true;
        }
    }
    return false;
}

// The text of a line's quotes: "a \"b\"\n".
std::string unquoted(std::string_view line) {
    std::string text;
    const std::size_t first = line.find('"'), last = line.rfind('"');
    for (std::size_t i = first + 1; first != line.npos && i < last; ++i) {
        const bool escaped = line[i] == '\\' && i + 1 < last;
        i += escaped ? 1 : 0;
        text.push_back(escaped && line[i] == 'n' ? '\n' : line[i]);
    }
    return text;
}

// What stands at the places of a template, each as short as it can be; nullopt: the text is another one.
std::optional<std::vector<std::string_view>> valuesIn(std::string_view text, const std::vector<std::string>& between) {
    const std::string &first = between.front(), &last = between.back();
    if (text.size() < first.size() + last.size() || !text.starts_with(first) || !text.ends_with(last)) {
        return std::nullopt;
    }
    text = text.substr(first.size(), text.size() - first.size() - last.size());
    std::vector<std::string_view> values;
    for (std::size_t i = 1; i + 1 < between.size(); ++i) {
        const std::size_t at = text.find(between[i], 1);
        if (text.empty() || at == text.npos) {
            return std::nullopt;
        }
        values.push_back(text.substr(0, at));
        text.remove_prefix(at + between[i].size());
    }
    values.push_back(text);
    return text.empty() ? std::nullopt : std::optional(std::move(values));
}

}  // namespace

Translations::Translations(std::string_view catalogue) {
    Message message;
    std::string context;
    std::string* at = nullptr;
    const auto finish = [&] {
        message.inside = context == "part";
        add(message);
        message = {};
        context.clear();
        at = nullptr;
    };
    while (!catalogue.empty()) {
        const std::string_view line = catalogue.substr(0, catalogue.find('\n'));
        catalogue.remove_prefix(std::min(catalogue.size(), line.size() + 1));
        if (line.empty()) {
            finish();
        } else if (line.starts_with("#")) {
            message.values = message.values || (line.starts_with("#,") && line.find("parts") != line.npos);
        } else if (line.starts_with("msg")) {
            at = line.starts_with("msgctxt") ? &context : line.starts_with("msgid") ? &message.id : &message.text;
        }
        if (at != nullptr && !line.starts_with("#")) {
            at->append(unquoted(line));
        }
    }
    finish();
    const auto longer = [](const Template& one, const Template& other) { return one.length > other.length; };
    std::stable_sort(whole_.templates.begin(), whole_.templates.end(), longer);
    std::stable_sort(parts_.templates.begin(), parts_.templates.end(), longer);
}

// "%1 and %2" is ["", " and ", ""]. Places stand in the order of their numbers.
Translations::Template Translations::templateOf(const Message& message) {
    Template made;
    made.text = message.text;
    made.values = message.values || message.inside;
    made.between.emplace_back();
    for (std::size_t i = 0; i < message.id.size(); ++i) {
        if (isPlace(message.id, i)) {
            made.between.emplace_back();
            ++i;
        } else {
            made.between.back().push_back(message.id[i]);
            ++made.length;
        }
    }
    return made;
}

void Translations::add(const Message& message) {
    Table& table = message.inside ? parts_ : whole_;
    if (message.id.empty() || message.text.empty()) {
        return;  // the head of the file, or not translated
    }
    if (hasPlaces(message.id)) {
        table.templates.push_back(templateOf(message));
    } else {
        table.exact.emplace(message.id, message.text);
    }
}

std::string Translations::filled(const Template& found, const std::vector<std::string_view>& values, int depth) const {
    std::string text;
    for (std::size_t i = 0; i < found.text.size(); ++i) {
        if (!isPlace(found.text, i)) {
            text.push_back(found.text[i]);
            continue;
        }
        const auto place = static_cast<std::size_t>(found.text[++i] - '1');
        if (place < values.size()) {
            text +=
                found.values && depth < kDeepest ? find(parts_, values[place], depth + 1) : std::string(values[place]);
        }
    }
    return text;
}

std::string Translations::find(const Table& table, std::string_view english, int depth) const {
    if (const auto exact = table.exact.find(std::string(english)); exact != table.exact.end()) {
        return exact->second;
    }
    for (const Template& one : table.templates) {
        if (const auto values = valuesIn(english, one.between)) {
            return filled(one, *values, depth);
        }
    }
    return std::string(english);
}

std::string Translations::of(std::string_view english) const {
    return english.size() > kLongest ? std::string(english) : find(whole_, english, 0);
}

}  // namespace marea::server
