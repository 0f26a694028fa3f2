#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "sync/merge/record.h"

// One record, or one version of a cell, as text to be kept: as on the wire, so that what is kept is checked alike.
namespace marea::sync {

std::string recordText(const Record& record);
core::Result<Record> recordFromText(std::string_view text);  // Corrupt

std::string versionText(const Version& version);
core::Result<Version> versionFromText(std::string_view text);  // Corrupt

}  // namespace marea::sync
