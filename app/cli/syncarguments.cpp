#include "app/cli/syncarguments.h"

#include <array>
#include <charconv>

#include "core/library/spelling.h"

namespace marea::app {

namespace {

using core::ErrorCode;
using What = SyncArguments::What;

std::optional<std::int64_t> numberFrom(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number >= 0 ? std::optional(number)
                                                                                   : std::nullopt;
}

std::vector<std::string> listFrom(std::string_view text) {
    std::vector<std::string> list;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        if (end > 0) {
            list.emplace_back(text.substr(0, end));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return list;
}

core::unexpected<core::Error> wrong(const std::string& text) {
    return core::fail(ErrorCode::Invalid, text);
}

constexpr std::array<std::u32string_view, 21> kOptions{
    U"--list", U"--plan",    U"--run",      U"--dry-run", U"--import",    U"--device",    U"--storage",
    U"--from", U"--profile", U"--profiles", U"--kinds",   U"--artists",   U"--newest",    U"--playlists",
    U"--fill", U"--state",   U"--json",     U"--verbose", U"--unwatched", U"--take-over", U"--help"};

// The one that may have been meant; "" where none is near.
std::string nearestOption(const std::string& name) {
    constexpr int kMost = 2;  // letters
    const std::u32string typed(name.begin(), name.end());
    std::string nearest;
    int least = kMost + 1;
    for (const std::u32string_view option : kOptions) {
        const int distance = core::library::editDistance(typed, option, kMost);
        if (distance < least) {
            least = distance;
            nearest.assign(option.begin(), option.end());
        }
    }
    return nearest;
}

class Reader {
public:
    explicit Reader(const std::vector<std::string>& arguments) : arguments_(arguments) {}

    core::Result<SyncArguments> run() {
        while (at_ < arguments_.size()) {
            std::string name = arguments_[at_++];
            if (const std::size_t equals = name.find('='); equals != std::string::npos) {
                value_ = name.substr(equals + 1);
                name.resize(equals);
            }
            if (auto done = take(name); !done) {
                return core::unexpected<core::Error>(done.error());
            }
            if (value_) {
                return wrong(name + " takes no value.");
            }
        }
        return checked();
    }

private:
    core::Result<void> take(const std::string& name) {
        if (name == "--list" || name == "--plan" || name == "--run" || name == "--help" || name == "-h") {
            return choose(name == "--list"   ? What::List
                          : name == "--plan" ? What::Plan
                          : name == "--run"  ? What::Run
                                             : What::Help);
        }
        if (bool* wish = wishFor(name)) {
            *wish = true;
            return {};
        }
        return takeValue(name);
    }

    bool* wishFor(const std::string& name) {
        return name == "--json"                      ? &result_.json
               : name == "--unwatched"               ? &result_.rules.unwatchedOnly
               : name == "--take-over"               ? &result_.takeOver
               : name == "--verbose" || name == "-v" ? &result_.verbose
               : name == "--dry-run" || name == "-n" ? &onlyPlan_
                                                     : nullptr;
    }

    core::Result<void> choose(What what) {
        if (asked_) {
            return wrong("Choose one of --list, --plan, --run and --import.");
        }
        asked_ = true;
        result_.what = what;
        return {};
    }

    core::Result<void> takeValue(const std::string& name) {
        std::string* text = textFor(name);
        std::vector<std::string>* list = listFor(name);
        if (!text && !list && name != "--newest" && name != "--fill") {
            const std::string nearest = nearestOption(name);
            return wrong("There is no option " + name + "." +
                         (nearest.empty() ? "" : " Did you mean " + nearest + "?"));
        }
        if (!value_ && at_ < arguments_.size()) {
            value_ = arguments_[at_++];
        }
        const std::string value = value_.value_or("");
        value_.reset();
        if (value.empty()) {
            return wrong(name + " needs a value.");
        }
        if (text) {
            *text = value;
            return name == "--import" ? choose(What::Import) : core::Result<void>();
        } else if (list) {
            *list = listFrom(value);
        } else {
            return takeNumber(name, value);
        }
        return {};
    }

    core::Result<void> takeNumber(const std::string& name, const std::string& value) {
        const auto number = name == "--fill" ? bytesFrom(value) : numberFrom(value);
        if (!number) {
            return wrong(name + (name == "--fill" ? " needs a size, as 32GB." : " needs a number."));
        }
        if (name == "--fill") {
            result_.rules.fillBytes = *number;
        } else {
            result_.rules.newest = static_cast<std::size_t>(*number);
        }
        return {};
    }

    std::string* textFor(const std::string& name) {
        return name == "--device"     ? &result_.device
               : name == "--from"     ? &result_.from
               : name == "--import"   ? &result_.into
               : name == "--profile"  ? &result_.profile
               : name == "--profiles" ? &result_.profiles
               : name == "--state"    ? &result_.state
               : name == "--storage"  ? &result_.storage
                                      : nullptr;
    }

    std::vector<std::string>* listFor(const std::string& name) {
        return name == "--kinds"       ? &result_.rules.kinds
               : name == "--artists"   ? &result_.rules.artists
               : name == "--playlists" ? &result_.rules.playlists
                                       : nullptr;
    }

    core::Result<SyncArguments> checked() {
        if (onlyPlan_ && asked_ && result_.what != What::Run && result_.what != What::Plan) {
            return wrong("--dry-run goes with --run.");
        }
        if (onlyPlan_) {
            asked_ = true;
            result_.what = What::Plan;
        }
        const bool needsBoth = result_.what == What::Plan || result_.what == What::Run;
        if (!asked_) {
            return wrong("Choose one of --list, --plan, --run and --import.");
        }
        if (result_.what == What::Import && result_.device.empty()) {
            return wrong("Say from which --device.");
        }
        if (needsBoth && (result_.device.empty() || result_.from.empty())) {
            return wrong("Say which --device, and --from which folder.");
        }
        return std::move(result_);
    }

    const std::vector<std::string>& arguments_;
    std::size_t at_ = 0;
    std::optional<std::string> value_;
    bool asked_ = false, onlyPlan_ = false;
    SyncArguments result_;
};

}  // namespace

std::optional<std::int64_t> bytesFrom(std::string_view text) {
    struct Unit {
        std::string_view name;
        std::int64_t bytes;
    };
    constexpr Unit kUnits[] = {
        {"kB", 1000}, {"KB", 1000}, {"MB", 1'000'000}, {"GB", 1'000'000'000}, {"TB", 1'000'000'000'000}};
    constexpr std::int64_t kMost = std::int64_t{1} << 60;
    std::int64_t unit = 1;
    for (const Unit& one : kUnits) {
        if (text.size() > one.name.size() && text.substr(text.size() - one.name.size()) == one.name) {
            unit = one.bytes;
            text.remove_suffix(one.name.size());
            break;
        }
    }
    const auto number = numberFrom(text);
    return number && *number <= kMost / unit ? std::optional(*number * unit) : std::nullopt;
}

core::Result<SyncArguments> syncArguments(const std::vector<std::string>& arguments) {
    return Reader(arguments).run();
}

std::string syncHelp() {
    return R"(marea sync --list [--json]
marea sync --plan|--run --device DEVICE --from FOLDER [options]
marea sync --import FOLDER --device DEVICE [--storage NAME] [--json]
marea sync --device cloud --server URL [options]   (marea sync --device cloud --help)

Puts the music and films of a folder on a player, a stick or a phone, and keeps them in step.
Files that Marea did not put there are never touched.

  --list             mounted volumes, phones and players
  --plan             what would be done, by folders; with -v each file, and why
  --run              do it; what was cut off goes on
  -n, --dry-run      with --run: only the plan
  --import FOLDER    copy the photos and videos that were taken with the device (DCIM) into
                     a folder, by days; what came once does not come again
  --device DEVICE    the folder where a volume is mounted; mtp:SERIAL for a phone, mtp for the only one;
                     cloud: the ratings, plays, positions and playlists of an account on a server, by
                     --server URL, --changes FILE, --account NAME and MAREA_TOKEN
  --storage NAME     of a phone with a card, which of its storages; the largest without it
  --from FOLDER      the library: a folder with media, M3U files in it as playlists
  --profile ID       what the device plays (by its name, else generic); "everything" copies all as it is.
                     What it does not play is converted
  --profiles FILE    profiles of your own, in the form of docs/sync.md
  --playlists A,B    only these lists        --kinds track,video   only these kinds
  --artists A,B      only these artists      --newest N            at most so many, the newest
  --unwatched        only what was not watched yet
  --fill SIZE        at most so much, as 32GB
  --take-over        what other computers put on the device is this one's from now on: without it, it stays
  --state FOLDER     where to keep what is under way, and what was converted
  -v, --verbose      every file of a plan, with the reason; with --run the plan, too
  --json             one JSON object a line

Ctrl+C ends it in order, and once more at once; the next run goes on.

Ends with 0 when all is done, 1 when something failed or it was cancelled, 2 for wrong usage,
130 after a second Ctrl+C.
)";
}

}  // namespace marea::app
