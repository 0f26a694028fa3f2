#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace marea::server {

struct Option {
    std::string_view name;   // "--data"
    std::string_view value;  // what stands after it in the help, "DIR"; empty: a switch
    std::string_view help;
};

// One command of the program: what it takes, for parsing and for --help.
struct CommandForm {
    std::string_view name;
    std::string_view usage;    // what follows the name, "add NAME | list"
    std::string_view summary;  // one sentence
    std::size_t minWords, maxWords;
    std::vector<Option> options;
};

struct Arguments {
    std::string command;
    std::vector<std::pair<std::string, std::string>> options;  // in order; a switch has an empty value
    std::vector<std::string> words;

    bool has(std::string_view name) const;
    std::optional<std::string> value(std::string_view name) const;  // the last one given
};

// `words` are the arguments after the program's name; without a command, the first of `forms`. "--name value" and
// "--name=value" are the same; "--" ends the options. Invalid with a sentence that says what to do.
core::Result<Arguments> parseArguments(const std::vector<std::string>& words, const std::vector<CommandForm>& forms);

std::string helpOf(std::string_view program, const CommandForm& form);
std::string helpOf(std::string_view program, const std::vector<CommandForm>& forms);

}  // namespace marea::server
