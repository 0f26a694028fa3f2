#pragma once

#include <string>
#include <string_view>

#include "server/protection/commonencryption.h"

namespace marea::server {

// Keys and their ids as manifests and documents write them. Pure.
std::string hexText(const Key128& key);          // 32 small digits
std::string uuidText(const Key128& key);         // the same with hyphens, RFC 9562 section 4
std::string base64Text(std::string_view bytes);  // RFC 4648 section 4, padded
std::string_view bytesView(const Key128& key);   // into `key`
std::string xmlText(std::string_view text);      // what stands between tags and in attributes, escaped

}  // namespace marea::server
