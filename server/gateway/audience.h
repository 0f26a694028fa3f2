#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace marea::server {

// Whose an answer is, and what of: numbers made of ids, so that noting it costs nothing. 0: unknown; of what is to be
// cut: any. Two ids that had the same number would cost a client one more try.
struct Audience {
    std::size_t user = 0, session = 0, title = 0;

    static Audience of(std::string_view user, std::string_view session, std::string_view title = {}) {
        const auto number = [](std::string_view id) {
            return id.empty() ? std::size_t{0} : std::hash<std::string_view>{}(id);
        };
        return {number(user), number(session), number(title)};
    }
    // Whether all that is said here holds for an answer. Where nothing is said, nothing is covered.
    bool covers(const Audience& answer) const {
        const auto fits = [](std::size_t said, std::size_t is) { return said == 0 || said == is; };
        return (user != 0 || session != 0) && fits(user, answer.user) && fits(session, answer.session) &&
               fits(title, answer.title);
    }
};

}  // namespace marea::server
