#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/library/vobsubindex.h"

namespace marea::server {

// The languages of a VobSub file as the catalogue keeps them: "en - es", one word for each track, "-" for none.
std::string languagesText(const core::library::VobSubIndex& index);

// Of a sidecar's tracks. `language`: what its name says; `kept`: the text above, of a VobSub file.
std::vector<std::string> sidecarLanguages(std::string_view format, const std::string& language, std::string_view kept);

}  // namespace marea::server
