#include "server/host/arguments.h"

#include <algorithm>

namespace marea::server {

namespace {

using core::Result;

tl::unexpected<core::Error> wrongUse(std::string words) {
    return core::fail(core::ErrorCode::Invalid, std::move(words));
}

const CommandForm* formOf(const std::vector<CommandForm>& forms, std::string_view name) {
    const auto found =
        std::find_if(forms.begin(), forms.end(), [&](const CommandForm& form) { return form.name == name; });
    return found == forms.end() ? nullptr : &*found;
}

// Takes one option at words[i], with its value; returns how many words it was.
Result<std::size_t> takeOption(const std::vector<std::string>& words, std::size_t i, const CommandForm& form,
                               Arguments& out) {
    const auto equals = words[i].find('=');
    const std::string name = words[i].substr(0, equals);
    const auto option =
        std::find_if(form.options.begin(), form.options.end(), [&](const Option& o) { return o.name == name; });
    if (option == form.options.end()) {
        return wrongUse("there is no option " + name + " for " + std::string(form.name));
    }
    if (option->value.empty()) {
        if (equals != std::string::npos) {
            return wrongUse(name + " takes no value");
        }
        out.options.emplace_back(name, "");
        return std::size_t{1};
    }
    if (equals != std::string::npos) {
        out.options.emplace_back(name, words[i].substr(equals + 1));
        return std::size_t{1};
    }
    if (i + 1 >= words.size()) {
        return wrongUse(name + " needs a value: " + name + " " + std::string(option->value));
    }
    out.options.emplace_back(name, words[i + 1]);
    return std::size_t{2};
}

void appendOptions(std::string& text, const CommandForm& form) {
    for (const Option& option : form.options) {
        std::string left = "  " + std::string(option.name);
        if (!option.value.empty()) {
            left.append(" ").append(option.value);
        }
        left.resize(std::max<std::size_t>(left.size() + 2, 28), ' ');
        text.append(left).append(option.help).append("\n");
    }
}

}  // namespace

bool Arguments::has(std::string_view name) const {
    return value(name).has_value();
}

std::optional<std::string> Arguments::value(std::string_view name) const {
    const auto found =
        std::find_if(options.rbegin(), options.rend(), [&](const auto& option) { return option.first == name; });
    return found == options.rend() ? std::nullopt : std::optional(found->second);
}

Result<Arguments> parseArguments(const std::vector<std::string>& words, const std::vector<CommandForm>& forms) {
    Arguments out;
    const bool named = !words.empty() && !words.front().starts_with('-');
    const CommandForm* form = named ? formOf(forms, words.front()) : &forms.front();
    if (!form) {
        return wrongUse("there is no command \"" + words.front() + "\"");
    }
    out.command = form->name;
    bool onlyWords = false;
    for (std::size_t i = named ? 1 : 0; i < words.size();) {
        if (!onlyWords && words[i] == "--") {
            onlyWords = true;
            ++i;
        } else if (!onlyWords && words[i].size() > 1 && words[i].front() == '-') {
            auto taken = takeOption(words, i, *form, out);
            if (!taken) {
                return core::unexpected<core::Error>(taken.error());
            }
            i += *taken;
        } else {
            out.words.push_back(words[i++]);
        }
    }
    const bool asks = out.has("--help") || out.has("--version");
    if (!asks && (out.words.size() < form->minWords || out.words.size() > form->maxWords)) {
        return wrongUse(std::string(form->name) +
                        (form->maxWords == 0 ? " takes no words" : " needs: " + std::string(form->usage)));
    }
    return out;
}

std::string helpOf(std::string_view program, const CommandForm& form) {
    std::string text = "Usage: " + std::string(program) + " " + std::string(form.name);
    if (!form.usage.empty()) {
        text.append(" ").append(form.usage);
    }
    text.append(" [options]\n").append(form.summary).append("\n\n");
    appendOptions(text, form);
    return text;
}

std::string helpOf(std::string_view program, const std::vector<CommandForm>& forms) {
    std::string text = "Usage: " + std::string(program) + " [command] [options]\n\nCommands:\n";
    for (const CommandForm& form : forms) {
        std::string left = "  " + std::string(form.name);
        left.resize(std::max<std::size_t>(left.size() + 2, 14), ' ');
        text.append(left).append(form.summary).append("\n");
    }
    text.append("\nOptions of ").append(forms.front().name).append(", the default:\n");
    appendOptions(text, forms.front());
    text.append("\nEach command has --help. Exit codes: 0 done, 1 failed, 2 wrong usage.\n");
    return text;
}

}  // namespace marea::server
