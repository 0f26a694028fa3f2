#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace marea::server {

// What is said in English, in another language. Texts that values were put into are found by their templates:
// "There is no profile \"%1\" on this server.". Immutable, for any thread.
class Translations {
public:
    // A catalogue as of GNU gettext (.po): `msgid` is the English text, with %1, %2 … for values. A message with the
    // flag "parts" has values that are words too; those stand in messages of the context "part".
    explicit Translations(std::string_view catalogue);

    // `english` in the other language; as it is where the catalogue does not have it.
    std::string of(std::string_view english) const;
    std::size_t size() const { return whole_.exact.size() + whole_.templates.size(); }

private:
    struct Message {
        std::string id, text;
        bool inside = false, values = false;  // of the context "part"; with values that are words
    };
    struct Template {
        std::vector<std::string> between;  // the words around the places, one more than there are places
        std::size_t length = 0;            // of all of them
        std::string text;
        bool values = false;
    };
    struct Table {
        std::unordered_map<std::string, std::string> exact;
        std::vector<Template> templates;  // those that say most first
    };

    static Template templateOf(const Message& message);
    void add(const Message& message);
    std::string filled(const Template& found, const std::vector<std::string_view>& values, int depth) const;
    std::string find(const Table& table, std::string_view english, int depth) const;

    Table whole_, parts_;
};

}  // namespace marea::server
