#include "server/gateway/requestrules.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "server/gateway/forwarded.h"
#include "server/gateway/text.h"

namespace marea::server {

namespace {

constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

std::optional<std::array<std::uint8_t, 16>> bytesOf(std::string_view address, bool& four) {
    const std::string text(address);
    std::array<std::uint8_t, 16> bytes{};
    four = ::inet_pton(AF_INET, text.c_str(), bytes.data() + 12) == 1;
    if (four) {
        std::copy(kMapped.begin(), kMapped.end(), bytes.begin());
        return bytes;
    }
    return ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1 ? std::optional(bytes) : std::nullopt;
}

// Without case.
bool contains(std::string_view text, std::string_view part) {
    const auto same = [](char a, char b) { return lowered(a) == lowered(b); };
    return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

template <class List, class Test>
bool emptyOrAny(const List& list, Test test) {
    return list.empty() || std::any_of(list.begin(), list.end(), test);
}

bool headerHolds(const RequestRule& rule, const Headers& headers) {
    const auto& all = headers.all();
    if (rule.headerOver > 0 && std::none_of(all.begin(), all.end(),
                                            [&](const auto& field) { return field.second.size() > rule.headerOver; })) {
        return false;
    }
    return rule.header.empty() || std::any_of(all.begin(), all.end(), [&](const auto& field) {
               return sameText(field.first, rule.header) && contains(field.second, rule.headerHas);
           });
}

}  // namespace

std::optional<AddressRange> addressRange(std::string_view text) {
    const auto slash = std::min(text.find('/'), text.size());
    bool four = false;
    const auto bytes = bytesOf(text.substr(0, slash), four);
    const int most = four ? 32 : 128;
    int bits = most;
    if (slash < text.size()) {
        const std::string_view number = text.substr(slash + 1);
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), bits);
        if (error != std::errc() || end != number.data() + number.size() || bits < 0 || bits > most) {
            return std::nullopt;
        }
    }
    return bytes ? std::optional(AddressRange{*bytes, four ? 96 + bits : bits}) : std::nullopt;
}

bool isIn(std::string_view address, const AddressRange& range) {
    bool four = false;
    const auto bytes = bytesOf(address, four);
    for (int bit = 0; bytes && bit < range.bits; ++bit) {
        const auto byte = static_cast<std::size_t>(bit / 8);
        if ((((*bytes)[byte] ^ range.bytes[byte]) >> (7 - bit % 8) & 1) != 0) {
            return false;
        }
    }
    return bytes.has_value();
}

// Goes back to the last "*" alone: what is before it has been met at its earliest, which is as good as any.
bool matchesGlob(std::string_view text, std::string_view pattern) {
    std::size_t at = 0, in = 0, star = std::string_view::npos, from = 0;
    while (at < text.size()) {
        if (in < pattern.size() && pattern[in] == '*') {
            star = in++;
            from = at;
        } else if (in < pattern.size() && pattern[in] == text[at]) {
            ++in;
            ++at;
        } else if (star != std::string_view::npos) {
            in = star + 1;
            at = ++from;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', in) == std::string_view::npos;
}

bool holds(const RequestRule& rule, const Request& request, std::uint64_t bodyBytes) {
    const std::string_view sent = std::string_view(request.target).substr(0, request.target.find('?'));
    const bool from = std::any_of(rule.from.begin(), rule.from.end(),
                                  [&](const AddressRange& range) { return isIn(request.peer, range); });
    return emptyOrAny(rule.methods, [&](Method method) { return method == request.method; }) &&
           emptyOrAny(rule.paths, [&](const std::string& path) { return matchesGlob(request.path, path); }) &&
           emptyOrAny(rule.raw, [&](const std::string& part) { return contains(sent, part); }) &&
           (rule.bodyOver == 0 || bodyBytes > rule.bodyOver) && (rule.from.empty() || from != rule.notFrom) &&
           headerHolds(rule, request.headers);
}

const std::vector<RequestRule>& defaultRules() {
    static const std::vector<RequestRule> rules = [] {
        RequestRule encodings, methods, fields;
        encodings.name = "encodings";  // a path that means something else when it is decoded once more, or elsewhere
        encodings.raw = {"%2e%2e", "%2e.", ".%2e", "%2f", "%5c", "%00", "%25", "%c0%ae", "%u00"};
        encodings.status = 400;
        methods.name = "methods";  // TRACE, CONNECT and what nobody knows
        methods.methods = {Method::Other};
        methods.status = 501;
        fields.name = "fields";
        fields.headerOver = 8192;
        fields.status = 431;
        return std::vector<RequestRule>{encodings, methods, fields};
    }();
    return rules;
}

RequestRules::RequestRules(std::vector<RequestRule> rules, std::uint64_t refused) : refused_(refused) {
    for (RequestRule& rule : rules) {
        auto rate = rule.rate > 0 ? std::make_unique<TokenBuckets>(rule.rate) : nullptr;
        entries_.push_back({std::move(rule), std::move(rate)});
    }
}

const RequestRule* RequestRules::refusing(const Request& request, std::uint64_t bodyBytes, std::int64_t now) {
    for (const Entry& entry : entries_) {
        if (holds(entry.rule, request, bodyBytes) && (!entry.rate || entry.rate->take(addressKey(request.peer), now))) {
            refused_.fetch_add(1, std::memory_order_relaxed);
            return &entry.rule;
        }
    }
    return nullptr;
}

}  // namespace marea::server
