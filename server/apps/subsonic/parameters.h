#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/id.h"
#include "core/base/result.h"

namespace marea::server::subsonic {

// What a client asked with: the query, and the fields of a form behind it. What is missing or of no use is
// ErrorCode::Invalid, in words that name it.
class Parameters {
public:
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    static constexpr std::size_t kMost = 20'000;  // pairs

    Parameters() = default;
    explicit Parameters(Pairs pairs) : pairs_(std::move(pairs)) {}
    // With those of application/x-www-form-urlencoded; an error when it is malformed.
    static core::Result<Parameters> withForm(Pairs query, std::string_view form);

    bool has(std::string_view name) const;
    std::string_view text(std::string_view name) const;  // the first; "" when there is none
    std::vector<std::string> all(std::string_view name) const;
    core::Result<std::string> required(std::string_view name) const;
    core::Result<std::int64_t> integer(std::string_view name, std::int64_t otherwise, std::int64_t least,
                                       std::int64_t most) const;
    core::Result<std::int64_t> requiredInteger(std::string_view name, std::int64_t least, std::int64_t most) const;
    std::optional<bool> flag(std::string_view name) const;
    core::Result<core::Id> id(std::string_view name = "id") const;  // required, of our form: others lead nowhere
    core::Result<std::vector<core::Id>> ids(std::string_view name, std::size_t most) const;

private:
    Pairs pairs_;
};

}  // namespace marea::server::subsonic
