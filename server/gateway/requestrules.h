#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/gateway/http.h"
#include "server/gateway/ratelimits.h"

namespace marea::server {

// A network: an address and how many of its bits count.
struct AddressRange {
    std::array<std::uint8_t, 16> bytes{};  // of IPv6; an IPv4 address as one that is mapped
    int bits = 128;
    bool operator==(const AddressRange&) const = default;
};
// "192.0.2.0/24", "2001:db8::/32", "192.0.2.7"; nullopt: none.
std::optional<AddressRange> addressRange(std::string_view text);
bool isIn(std::string_view address, const AddressRange& range);

// Which requests are refused before it is looked at who asks. All that is told must hold; a list holds when one of it
// does; what is empty always holds.
struct RequestRule {
    std::string name;                // for the log
    std::vector<std::string> paths;  // decoded, "*" is any run of characters: "/wp-*"
    std::vector<std::string> raw;    // any of these in the path as it was sent, whatever the case: "%2e"
    std::vector<Method> methods;     // Method::Other: all that HTTP's own list here has not
    std::string header, headerHas;   // a field of that name is there, with that text in it, whatever the case
    std::size_t headerOver = 0;      // any field whose value is longer
    std::uint64_t bodyOver = 0;      // a body that is announced as longer
    std::vector<AddressRange> from;  // clients
    bool notFrom = false;            // all clients but those
    unsigned rate = 0;               // so many a second of an address are let through; 0: none
    int status = 403;
    bool operator==(const RequestRule&) const = default;
};

// What every server begins with: tricks with encodings, methods that nothing here answers, absurd fields.
const std::vector<RequestRule>& defaultRules();

// `text` against `pattern`, in which "*" is any run of characters.
bool matchesGlob(std::string_view text, std::string_view pattern);
// Whether all that a rule tells holds of a request, whose body is announced to be of `bodyBytes`.
bool holds(const RequestRule& rule, const Request& request, std::uint64_t bodyBytes);

// The rules in their order. Thread-safe.
class RequestRules {
public:
    // `refused`: that were refused before, by others in its place.
    explicit RequestRules(std::vector<RequestRule> rules, std::uint64_t refused = 0);
    // The first rule that refuses the request at `now` (ms); null: none.
    const RequestRule* refusing(const Request& request, std::uint64_t bodyBytes, std::int64_t now);
    std::uint64_t refused() const { return refused_.load(std::memory_order_relaxed); }

private:
    struct Entry {
        RequestRule rule;
        std::unique_ptr<TokenBuckets> rate;  // null: none is let through
    };
    std::vector<Entry> entries_;
    std::atomic<std::uint64_t> refused_ = 0;
};

}  // namespace marea::server
