// marea-server ledger: whether the books of the store are right.
#include "server/apps/store/ledgercheck.h"
#include "server/host/control.h"

namespace marea::server {

namespace json = core::json;

namespace {

json::array listed(const std::vector<std::string>& problems) {
    return json::array(problems.begin(), problems.end());
}

std::string linesOf(const json::array& problems) {
    std::string text;
    for (const json::value& problem : problems) {
        text += "\n" + std::string(problem.as_string());
    }
    return text;
}

int checkBooks(CommandContext& context) {
    auto data = openData(context);
    if (!data) {
        return failed(context, data.error());
    }
    const auto report = data->database->readValue<store::LedgerReport>(store::checkLedger);
    if (!report) {
        return failed(context, report.error());
    }
    const json::object object{{"ok", report->good()},
                              {"transactions", report->transactions},
                              {"orders", report->orders},
                              {"entitlements", report->entitlements},
                              {"problems", listed(report->problems)}};
    const std::string counts =
        std::to_string(report->transactions) + " transactions, " + std::to_string(report->orders) + " orders: ";
    print(context, object,
          counts + (report->good() ? "all is right." : "this is wrong:" + linesOf(listed(report->problems))));
    return report->good() ? kDone : kFailed;
}

int reconcile(CommandContext& context) {
    auto control = Control::ofRunning(context);
    auto answer = control ? control->ask(Method::Post, "/api/v1/admin/store/reconcile")
                          : core::unexpected<core::Error>(control.error());
    if (!answer) {
        return failed(context, answer.error());
    }
    const json::object& report = answer->as_object();
    const bool good = report.at("ok").as_bool();
    print(context, *answer,
          textOf(report, "asked") + " payments asked about, " + textOf(report, "changed") + " brought up to date" +
              (good ? ". All is right." : ". This differs:" + linesOf(report.at("problems").as_array())));
    return good ? kDone : kFailed;
}

}  // namespace

int runLedger(CommandContext& context) {
    const std::string& verb = context.arguments.words[0];
    if (verb != "check" && verb != "reconcile") {
        return wrongUsage(context, "ledger needs: check or reconcile");
    }
    return verb == "check" ? checkBooks(context) : reconcile(context);
}

}  // namespace marea::server
