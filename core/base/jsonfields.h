#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace marea::core {

// Reads the fields of one JSON object strictly. Each getter gives nullopt for an absent field, and remembers the first
// thing that is wrong (type, bounds); `finish` returns it as ErrorCode::Invalid, and refuses fields that nobody asked
// for. Keeps a reference to the value: it must outlive the reader.
class JsonFields {
public:
    // `where` names the object in messages: "capabilities", "video[0]".
    JsonFields(const json::value& value, std::string where);

    const json::value* raw(std::string_view name);  // null when absent
    std::optional<std::string> text(std::string_view name, std::size_t maxLength);
    std::optional<std::int64_t> integer(std::string_view name, std::int64_t least, std::int64_t most);
    std::optional<double> number(std::string_view name, double least, double most);
    std::optional<bool> boolean(std::string_view name);
    const json::array* array(std::string_view name, std::size_t maxLength);  // null when absent or wrong
    std::optional<std::vector<std::string>> texts(std::string_view name, std::size_t maxCount, std::size_t maxLength);

    bool has(std::string_view name) const;
    bool empty() const { return !object_ || object_->empty(); }
    void wrong(std::string_view name, std::string_view problem);  // remembered unless something was before
    void require(std::string_view name);
    Result<void> finish() const;

private:
    const json::object* object_ = nullptr;
    std::string where_;
    std::vector<std::string> known_;
    std::optional<Error> problem_;
};

inline constexpr std::size_t kMaxJsonDepth = 16;
// `body` as one JSON value of bounded depth; Invalid when it is not JSON, or has a number that no double holds (RFC
// 8259, section 6). The value lives in `memory`, and as long as that.
Result<json::value> parseJson(std::string_view body, json::storage_ptr memory = {});

}  // namespace marea::core
