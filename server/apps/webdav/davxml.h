#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace marea::server::webdav {

// How deep a question goes (RFC 4918 section 10.2); without the field it goes to the ground.
enum class Depth { Itself, Children, Everything };
std::optional<Depth> depthOf(std::optional<std::string_view> field);  // nullopt: makes no sense

struct Property {
    std::string space, name;  // "DAV:", "getetag"
    bool operator==(const Property&) const = default;
};

// What somebody wants to know (RFC 4918 section 14.20).
struct Propfind {
    enum class Kind { All, Names, Some };
    Kind kind = Kind::All;
    std::vector<Property> properties = {};  // of Some
};

constexpr std::size_t kMostProperties = 100;

// Of a request's body; an empty one asks for everything. Invalid: no such document, one with a DTD, or too many
// properties. Whatever its size, it is read once and keeps no more than it asks for.
core::Result<Propfind> parsePropfind(std::string_view body);

// A folder or a file, as answers tell of it.
struct Resource {
    std::string href;  // percent-encoded
    std::string name;
    bool folder = false;
    std::int64_t size = 0;                // bytes, of files
    std::string type, etag;               // of files; the tag in quotes
    core::TimeMs modified = 0, made = 0;  // 0: unknown
};

// A multistatus document (RFC 4918 section 13) is its beginning, responses and its end.
std::string_view multistatusBegin();
std::string_view multistatusEnd();
void appendResponse(std::string& out, const Resource& resource, const Propfind& wish);

// "That goes too deep", as section 9.1 wants it said.
std::string_view finiteDepthError();

}  // namespace marea::server::webdav
