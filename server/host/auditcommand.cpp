// marea-server audit: who did what, from the data folder itself.
#include <charconv>

#include "server/apps/audit/auditlog.h"
#include "server/host/control.h"

namespace marea::server {

namespace json = core::json;

namespace {

constexpr std::int64_t kUsualLimit = 50, kMostLimit = 10'000;

std::string lineOf(const AuditEntry& entry) {
    const AuditedRequest& request = entry.request;
    const std::string who = request.username.empty() ? "the command line" : request.username;
    return timeText(entry.at) + "  " + who + "  " + request.action +
           (request.subject.empty() ? "" : "  " + request.subject) +
           (request.status == 0 ? "" : "  " + std::to_string(request.status));
}

core::Result<AuditLog::Filter> filterOf(const CommandContext& context, Identity& identity) {
    AuditLog::Filter filter;
    filter.action = context.arguments.value("--action").value_or("");
    if (const auto name = context.arguments.value("--user")) {
        auto id = identity.userNamed(*name);
        if (!id) {
            return core::unexpected<core::Error>(id.error());
        }
        filter.userId = std::move(*id);
    }
    return filter;
}

}  // namespace

int runAudit(CommandContext& context) {
    const std::string text = context.arguments.value("--limit").value_or(std::to_string(kUsualLimit));
    std::int64_t limit = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (error != std::errc() || end != text.data() + text.size() || limit < 1 || limit > kMostLimit) {
        return wrongUsage(context, "--limit is a number from 1 to " + std::to_string(kMostLimit));
    }
    auto data = openData(context);
    if (!data) {
        return failed(context, data.error());
    }
    const auto filter = filterOf(context, *data->identity);
    const AuditLog log(*data->database, std::make_shared<core::SystemClock>(), context.logger, {});
    const auto entries = filter ? log.list(*filter, limit) : core::unexpected<core::Error>(filter.error());
    if (!entries) {
        return failed(context, entries.error());
    }
    json::array items;
    std::string lines;
    for (const AuditEntry& entry : *entries) {
        items.push_back(toJson(entry));
        lines += (lines.empty() ? "" : "\n") + lineOf(entry);
    }
    print(context, json::object{{"items", std::move(items)}}, lines.empty() ? "Nothing." : lines);
    return kDone;
}

}  // namespace marea::server
