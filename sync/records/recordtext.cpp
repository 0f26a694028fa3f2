#include "sync/records/recordtext.h"

#include "sync/merge/wire.h"

namespace marea::sync {

using core::Result;

namespace {

constexpr std::string_view kVersionCell = "version";

}  // namespace

std::string recordText(const Record& record) {
    Changes one;
    one.records.push_back(record);
    return wireText(one);
}

Result<Record> recordFromText(std::string_view text) {
    auto changes = changesFromOwn(text);
    if (!changes || changes->records.size() != 1) {
        return core::fail(core::ErrorCode::Corrupt, "What is kept for syncing cannot be read.",
                          changes ? "not one record" : changes.error().text);
    }
    return std::move(changes->records.front());
}

std::string versionText(const Version& version) {
    VersionVector seen;
    seen.raise(version.dot);
    Record carrier{{"version", "version"}, {}, {}, {}};
    carrier.life.write(version.dot, version.stamp, true);
    carrier.cells.emplace(kVersionCell, Register(seen, {version}));
    return recordText(carrier);
}

Result<Version> versionFromText(std::string_view text) {
    auto carrier = recordFromText(text);
    if (!carrier) {
        return core::unexpected<core::Error>(carrier.error());
    }
    const auto cell = carrier->cells.find(kVersionCell);
    if (cell == carrier->cells.end() || cell->second.versions().size() != 1) {
        return core::fail(core::ErrorCode::Corrupt, "What is kept for syncing cannot be read.", "not one version");
    }
    return cell->second.versions().front();
}

}  // namespace marea::sync
